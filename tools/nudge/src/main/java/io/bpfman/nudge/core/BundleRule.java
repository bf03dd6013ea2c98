package io.bpfman.nudge.core;

import static io.bpfman.nudge.core.Severity.ERROR;
import static io.bpfman.nudge.core.Severity.WARNING;

/** Rules for the format of a bundle and its objects. */
public enum BundleRule implements Rule {
  BUNDLE_CSV(ERROR, "C1, F2, F3", "manifests/ has exactly one ClusterServiceVersion"),
  BUNDLE_STRAY(
      ERROR,
      "C2, C3",
      "manifests/ has no directories, hidden files or files that are no YAML or JSON"),
  BUNDLE_ONE_DOCUMENT(ERROR, "registry+v1", "a manifest is one document"),
  BUNDLE_KIND(ERROR, "C4, Conforma", "a bundle may hold objects of this kind"),
  BUNDLE_OBJECT_META(ERROR, "C5", "an object has a valid name and labels, and no namespace"),
  BUNDLE_ANNOTATION(
      ERROR,
      "F4, F5, F6",
      "annotations.yaml has mediatype, manifests, metadata, package and channels"),
  BUNDLE_ANNOTATION_VALUE(
      ERROR, "F3, registry+v1", "mediatype, manifests and metadata have the values of registry+v1"),
  BUNDLE_CHANNEL(ERROR, "F6", "no channel of the list is empty or there twice"),
  BUNDLE_DEFAULT_CHANNEL(ERROR, "F7", "the default channel is one of the channels"),
  BUNDLE_DEPENDENCY(ERROR, "F8", "a dependency is complete and its version range is one"),
  BUNDLE_TOO_LARGE(ERROR, "B5", "the manifests are 1 MiB or less, each gzipped, in base64"),
  BUNDLE_LARGE(WARNING, "B5", "the manifests are 85 % of that or less"),
  BUNDLE_SERVICE_ACCOUNT(ERROR, "B4", "no ServiceAccount is that of a deployment, which OLM makes"),
  BUNDLE_CRD_VERSION(
      ERROR, "C6", "a CustomResourceDefinition has apiVersion apiextensions.k8s.io/v1"),
  BUNDLE_CRD_TWICE(ERROR, "B3", "a group, version and kind is defined once"),
  BUNDLE_CRD_UNOWNED(ERROR, "B2", "a defined kind is owned by the ClusterServiceVersion"),
  BUNDLE_CRD_MISSING(ERROR, "B1", "an owned group, version and kind is defined"),
  CRD_NAME(
      ERROR, "D1, V7", "a definition is named plural.group, with valid plural, kind and scope"),
  CRD_VERSIONS(ERROR, "D1", "versions are named once and valid, one is stored, one is served"),
  CRD_SCHEMA(ERROR, "D1, scorecard", "a version has a structural schema"),
  CRD_DEFAULT(ERROR, "D1", "a default is of the type of its field and in no metadata"),
  BUNDLE_REMOVED_API(
      ERROR, "alpha-deprecated-apis", "no API was removed at or before minKubeVersion"),
  BUNDLE_OLD_API(WARNING, "alpha-deprecated-apis", "no API was removed from a later Kubernetes"),
  BUNDLE_DISRUPTION_BUDGET(ERROR, "objects", "a PodDisruptionBudget lets pods go"),
  BUNDLE_PRIORITY_CLASS(ERROR, "objects", "no PriorityClass is the global default"),
  BUNDLE_SCC_RIGHTS(ERROR, "objects", "nobody may change the default SecurityContextConstraints"),
  BUNDLE_BUDGET_RIGHTS(WARNING, "objects", "nobody may write PodDisruptionBudgets");

  private final Terms terms;

  BundleRule(Severity severity, String source, String holds) {
    this.terms = new Terms(severity, source, holds);
  }

  @Override
  public Terms terms() {
    return terms;
  }
}
