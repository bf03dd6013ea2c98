package io.bpfman.nudge.core;

import static io.bpfman.nudge.core.Severity.WARNING;

/** Rules of the optional sets of operator-sdk and of the scorecard, as far as files show them. */
public enum AdviceRule implements Rule {
  HUB_PROVIDER(WARNING, "operatorhubv2", "the provider has a name"),
  HUB_MAINTAINERS(
      WARNING, "operatorhubv2", "maintainers are there, each with name and e-mail address"),
  HUB_LINKS(WARNING, "operatorhubv2", "a link has a name and a URL"),
  HUB_ICON(WARNING, "operatorhubv2", "one icon is there, with data and a known media type"),
  HUB_CAPABILITIES(WARNING, "operatorhubv2", "capabilities is a known level"),
  HUB_CATEGORIES(WARNING, "operatorhubv2", "categories are known ones"),
  PRACTICE_REQUESTS(WARNING, "good-practices", "a container asks for CPU and memory"),
  PRACTICE_CHANNEL(WARNING, "good-practices", "a channel starts with candidate, fast or stable"),
  PRACTICE_DESCRIPTION(WARNING, "good-practices", "an owned definition has a description"),
  PRACTICE_CRD_RIGHTS(WARNING, "good-practices", "the operator may not create definitions"),
  SCORECARD_CONFIG(WARNING, "scorecard", "the configuration of the scorecard is one"),
  SCORECARD_RESOURCES(WARNING, "scorecard", "an owned definition lists its resources"),
  SCORECARD_DESCRIPTORS(
      WARNING, "scorecard", "spec and status fields of an example have descriptors");

  private final Terms terms;

  AdviceRule(Severity severity, String source, String holds) {
    this.terms = new Terms(severity, source, holds);
  }

  @Override
  public Terms terms() {
    return terms;
  }
}
