package io.bpfman.nudge.core;

import static io.bpfman.nudge.core.Severity.ERROR;
import static io.bpfman.nudge.core.Severity.WARNING;

/** Rules between nudge files, PipelineRuns, bundle and catalog. */
public enum CrossRule implements Rule {
  CSV_CONTAINER_IMAGE(ERROR, "ours", "a container runs the annotation containerImage"),
  CSV_CONTAINER_IMAGE_MISSING(WARNING, "ours", "the annotation containerImage is there"),
  OUT_OF_DATE(WARNING, "ours", "an image is the one of its nudge file"),
  NUDGE_FILE_UNUSED(WARNING, "ours", "an update reads each nudge file"),
  OPERAND_WITHOUT_NUDGE(
      ERROR, "ours", "a build of an image that the bundle names rebuilds the bundle"),
  RELATED_IMAGE_MISSING(WARNING, "ours", "relatedImages has every image"),
  RELATED_IMAGE_DISCONNECTED(
      ERROR, "ours", "relatedImages has every image when disconnected is promised"),
  ARCH_LABEL(ERROR, "ours", "architectures of the labels are the platforms of the builds"),
  BUNDLE_MULTI_ARCH(ERROR, "Conforma", "a bundle is built for one platform"),
  IMAGE_LABEL(ERROR, "ours", "the labels of the bundle image are its annotations"),
  CATALOG_LABEL(ERROR, "Conforma", "the catalog image names its directory by a label"),
  CATALOG_WITHOUT_BUNDLE(WARNING, "ours", "the catalog has the bundle"),
  CATALOG_DRIFT(
      ERROR, "ours", "properties and related images of the catalog are those of the bundle"),
  CHANNEL_DIFFERS(WARNING, "ours", "the catalog has the bundle in the channels of its annotations"),
  DEFAULT_CHANNEL_DIFFERS(WARNING, "ours", "bundle and catalog have one default channel"),
  UPGRADE_DIFFERS(WARNING, "ours", "replaces and skipRange of bundle and channel are the same");

  private final Terms terms;

  CrossRule(Severity severity, String source, String holds) {
    this.terms = new Terms(severity, source, holds);
  }

  @Override
  public Terms terms() {
    return terms;
  }
}
