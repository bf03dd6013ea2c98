package io.bpfman.nudge.core;

import static io.bpfman.nudge.core.Severity.ERROR;

/** Rules for a snapshot (`snapshot-check`). */
public enum SnapshotRule implements Rule {
  COMPONENT_MISSING(ERROR, "ours", "a snapshot has operator, agent, daemon and bundle"),
  MIXED_COMMITS(ERROR, "ours", "images of one repository are of one commit"),
  BUNDLE_SILENT(ERROR, "ours", "the bundle names agent and daemon"),
  MIXED_SET(ERROR, "ours", "the bundle names the images of the snapshot");

  private final Terms terms;

  SnapshotRule(Severity severity, String source, String holds) {
    this.terms = new Terms(severity, source, holds);
  }

  @Override
  public Terms terms() {
    return terms;
  }
}
