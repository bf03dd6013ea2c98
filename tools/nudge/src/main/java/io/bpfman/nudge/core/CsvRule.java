package io.bpfman.nudge.core;

import static io.bpfman.nudge.core.Severity.ERROR;
import static io.bpfman.nudge.core.Severity.WARNING;

/** Rules for a ClusterServiceVersion alone. */
public enum CsvRule implements Rule {
  CSV_REQUIRED(
      ERROR,
      "V11, V14",
      "apiVersion, name, displayName, install strategy and deployments are there"),
  CSV_NAME(ERROR, "V1", "metadata.name is a DNS subdomain of at most 63 characters"),
  CSV_NAME_VERSION(WARNING, "good-practices", "metadata.name ends with .v and the version"),
  CSV_VERSION(ERROR, "V15, Conforma", "spec.version is a semantic version"),
  CSV_RELEASE(ERROR, "B6, BU9", "with spec.release the name is package-vversion-release"),
  CSV_REPLACES(ERROR, "V2", "spec.replaces is a name as metadata.name is"),
  CSV_REPLACES_NEWER(ERROR, "ours", "spec.replaces names an older version"),
  CSV_SKIP_RANGE(ERROR, "CH10", "olm.skipRange is a version range"),
  CSV_MIN_KUBE_VERSION(ERROR, "V10", "spec.minKubeVersion is a semantic version"),
  CSV_MIN_KUBE_VERSION_MISSING(WARNING, "V10", "spec.minKubeVersion is there"),
  CSV_INSTALL_MODES(ERROR, "V8", "an install mode is supported"),
  CSV_INSTALL_MODE_TYPE(ERROR, "V8", "an install mode is one of the four"),
  CSV_INSTALL_MODE_TWICE(ERROR, "V8", "an install mode is there once"),
  CSV_CONVERSION_WEBHOOK(ERROR, "V9", "with conversion webhooks only AllNamespaces is supported"),
  CSV_ANNOTATION_CASE(ERROR, "V12", "annotations of OLM are written as OLM reads them"),
  CSV_OLM_PROPERTIES(
      WARNING, "V13", "properties are in metadata/, not in the annotation olm.properties"),
  CSV_EXAMPLES(ERROR, "V4", "examples are a JSON list of objects"),
  CSV_EXAMPLES_MISSING(WARNING, "V3", "the annotation alm-examples is there"),
  CSV_EXAMPLES_BOTH(WARNING, "V3", "only one of alm-examples and olm.examples is there"),
  CSV_EXAMPLE_UNOWNED(ERROR, "V5", "an example is of an owned kind"),
  CSV_EXAMPLE_MISSING(WARNING, "V6", "an owned kind has an example"),
  CSV_OWNED_NAME(ERROR, "V7", "an owned definition is named plural.group"),
  CSV_ANNOTATION_JSON(ERROR, "ours", "the suggested namespace is JSON"),
  CSV_FEATURE(ERROR, "Conforma", "a feature annotation is true or false"),
  CSV_FEATURE_MISSING(WARNING, "Conforma", "every required feature annotation is there"),
  CSV_SUBSCRIPTION(ERROR, "Conforma", "valid-subscription is a JSON list of different words"),
  IMAGE_REFERENCE(ERROR, "B7", "an image is a reference"),
  IMAGE_UNPINNED(WARNING, "Conforma", "an image is pinned by a digest");

  private final Terms terms;

  CsvRule(Severity severity, String source, String holds) {
    this.terms = new Terms(severity, source, holds);
  }

  @Override
  public Terms terms() {
    return terms;
  }
}
