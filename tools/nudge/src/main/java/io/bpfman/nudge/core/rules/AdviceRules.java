package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.AdviceRule;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Arrays;
import java.util.Set;

/** The optional sets good-practices, capabilities and categories of operator-sdk. */
final class AdviceRules {
  private static final Set<String> CAPABILITIES =
      Set.of("Basic Install", "Seamless Upgrades", "Full Lifecycle", "Deep Insights", "Auto Pilot");
  private static final Set<String> CATEGORIES =
      Set.of(
          "AI/Machine Learning",
          "Application Runtime",
          "Big Data",
          "Cloud Provider",
          "Developer Tools",
          "Database",
          "Integration & Delivery",
          "Logging & Tracing",
          "Monitoring",
          "Modernization & Migration",
          "Networking",
          "OpenShift Optional",
          "Security",
          "Storage",
          "Streaming & Messaging",
          "Observability");

  private final Bundle bundle;
  private final Csv csv;
  private final Findings findings;

  private AdviceRules(Bundle bundle, Csv csv, Findings findings) {
    this.bundle = bundle;
    this.csv = csv;
    this.findings = findings;
  }

  static void check(Bundle bundle, Csv csv, Findings findings) {
    AdviceRules rules = new AdviceRules(bundle, csv, findings);
    rules.levels();
    rules.requests();
    rules.channels();
    rules.descriptions();
    rules.rights();
    HubRules.check(csv, findings);
  }

  private void levels() {
    csv.annotation("capabilities")
        .ifPresent(
            value ->
                findings.expect(
                    CAPABILITIES.contains(value.text().orElse("")),
                    AdviceRule.HUB_CAPABILITIES,
                    value.place(),
                    "\"%s\" is no level; write one of %s"
                        .formatted(
                            value.text().orElse(""), CAPABILITIES.stream().sorted().toList())));
    csv.annotation("categories").ifPresent(this::categories);
  }

  private void categories(YamlValue value) {
    Arrays.stream(value.text().orElse("").split(","))
        .map(String::strip)
        .filter(category -> !CATEGORIES.contains(category))
        .forEach(
            category ->
                findings.add(
                    AdviceRule.HUB_CATEGORIES,
                    value.place(),
                    "\"%s\" is no category; write some of %s"
                        .formatted(category, CATEGORIES.stream().sorted().toList())));
  }

  private void requests() {
    for (YamlValue deployment : csv.deployments()) {
      for (YamlValue container : deployment.items("spec", "template", "spec", "containers")) {
        findings.expect(
            asks(container, "cpu") && asks(container, "memory"),
            AdviceRule.PRACTICE_REQUESTS,
            container.place(),
            "%s does not ask for CPU and memory; write resources.requests"
                .formatted(container.text("name")));
      }
    }
  }

  /** A limit without a request is one too. */
  private static boolean asks(YamlValue container, String resource) {
    return container.get("resources", "requests", resource).isPresent()
        || container.get("resources", "limits", resource).isPresent();
  }

  private void channels() {
    Place place = bundle.annotation("channels.v1").orElse(csv.root()).place();
    bundle.channels().stream()
        .filter(channel -> !channel.matches("(?:candidate|fast|stable).*"))
        .forEach(
            channel ->
                findings.add(
                    AdviceRule.PRACTICE_CHANNEL,
                    place,
                    "the channel %s does not start with candidate, fast or stable; rename it"
                        .formatted(channel)));
  }

  private void descriptions() {
    for (YamlValue crd : csv.owned()) {
      findings.expect(
          !crd.text("description").isBlank(),
          AdviceRule.PRACTICE_DESCRIPTION,
          crd.place(),
          "%s has no description; write one".formatted(crd.text("kind")));
    }
  }

  private void rights() {
    ObjectRules.rights(bundle, csv)
        .filter(rule -> ObjectRules.has(rule, "apiGroups", "apiextensions.k8s.io"))
        .filter(rule -> ObjectRules.has(rule, "resources", "customresourcedefinitions"))
        .filter(rule -> ObjectRules.has(rule, "verbs", "create", "patch"))
        .forEach(
            rule ->
                findings.add(
                    AdviceRule.PRACTICE_CRD_RIGHTS,
                    rule.place(),
                    "may create definitions, which is OLM's work; ship them in the bundle"));
  }
}
