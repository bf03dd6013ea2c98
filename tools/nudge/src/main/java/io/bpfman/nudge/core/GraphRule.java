package io.bpfman.nudge.core;

import static io.bpfman.nudge.core.Severity.ERROR;
import static io.bpfman.nudge.core.Severity.NOTE;
import static io.bpfman.nudge.core.Severity.WARNING;

/** Rules for nudge files, PipelineRuns and the rebuild graph. */
public enum GraphRule implements Rule {
  UNUSABLE(ERROR, "C3, F1", "every file is there, is readable and has the shape of its kind"),
  NUDGE_FILE_COMPONENT(ERROR, "ours", "a nudge file belongs to a declared component"),
  NUDGE_FILE_REPOSITORY(ERROR, "ours", "a nudge file names a repository of its component"),
  NUDGE_FILE_TAG(WARNING, "ours", "a nudge file has no tag beside the digest"),
  PLACEHOLDER_DIGEST(WARNING, "ours", "no digest is all zeros"),
  NO_COMPONENTS(ERROR, "ours", "components.yaml declares what the cluster knows"),
  NO_PIPELINES(ERROR, "ours", ".tekton has a PipelineRun"),
  PIPELINE_NEVER(ERROR, "ours", "something starts a PipelineRun"),
  PIPELINE_COMPONENT(ERROR, "ours", "a PipelineRun says which component it builds"),
  PIPELINE_UNDECLARED(ERROR, "ours", "a PipelineRun builds a declared component"),
  COMPONENT_UNBUILT(ERROR, "ours", "a push can build each component"),
  CONTAINERFILE_MISSING(ERROR, "ours", "the Containerfile of a PipelineRun is there"),
  OUTPUT_REPOSITORY(ERROR, "ours", "a PipelineRun pushes to a repository of its component"),
  NUDGE_UNKNOWN(ERROR, "ours", "a component nudges declared components only"),
  NUDGE_WITHOUT_EFFECT(
      ERROR, "ours", "a trigger of the nudged component matches what the nudge rewrites"),
  NUDGE_DEFAULT_PATTERNS(ERROR, "ours", "a component that nudges names its nudge files"),
  NUDGE_WITHOUT_MATCH(
      ERROR, "ours", "a nudge file pattern matches a file with the digest of the component"),
  NUDGE_FILES_UNUSED(WARNING, "ours", "only a component that nudges names nudge files"),
  NUDGE_FILES_ON_OTHER_EVENT(WARNING, "ours", "only the PipelineRun of a push names nudge files"),
  NUDGE_FILE_UNREAD(ERROR, "ours", "a nudge file starts a build when it changes"),
  NUDGE_FILE_UNWRITTEN(ERROR, "ours", "a nudge rewrites each nudge file"),
  TRIGGER_WITHOUT_FILE(WARNING, "ours", "a glob of a trigger matches a file"),
  REBUILD_LOOP(ERROR, "ours", "no build leads back to itself"),
  REDUNDANT_BUILDS(NOTE, "ours", "one change builds each component once");

  private final Terms terms;

  GraphRule(Severity severity, String source, String holds) {
    this.terms = new Terms(severity, source, holds);
  }

  @Override
  public Terms terms() {
    return terms;
  }
}
