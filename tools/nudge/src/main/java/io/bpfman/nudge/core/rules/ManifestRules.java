package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.BundleRule;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Set;

/** Rules for each file of {@code manifests/}, and for all of them together. */
final class ManifestRules {
  private static final String CRD = "CustomResourceDefinition";
  private static final Set<String> KINDS =
      Set.of(
          Csv.KIND,
          CRD,
          "Secret",
          "ClusterRole",
          "ClusterRoleBinding",
          "ConfigMap",
          "ServiceAccount",
          "Service",
          "Role",
          "RoleBinding",
          "PrometheusRule",
          "ServiceMonitor",
          "PodMonitor",
          "PodDisruptionBudget",
          "PriorityClass",
          "VerticalPodAutoscaler",
          "ConsoleYAMLSample",
          "ConsoleQuickStart",
          "ConsoleCLIDownload",
          "ConsoleLink",
          "ConsolePlugin",
          "NetworkPolicy");
  private static final String RBAC = "rbac.authorization.k8s.io/";

  private final Bundle bundle;
  private final Findings findings;

  private ManifestRules(Bundle bundle, Findings findings) {
    this.bundle = bundle;
    this.findings = findings;
  }

  static void check(Bundle bundle, Findings findings) {
    ManifestRules rules = new ManifestRules(bundle, findings);
    bundle.strays().forEach(rules::stray);
    bundle.manifests().forEach(rules::manifest);
    rules.size();
  }

  private void stray(String path) {
    findings.add(
        BundleRule.BUNDLE_STRAY,
        Place.of(path),
        "is no visible YAML or JSON file, so readers stop at it; remove it from manifests/");
  }

  private void manifest(YamlFile file) {
    findings.expect(
        file.documents().size() == 1,
        BundleRule.BUNDLE_ONE_DOCUMENT,
        Place.of(file.name()),
        "has %d documents, of which readers take the first; write one document a file"
            .formatted(file.documents().size()));
    file.documents().stream().limit(1).forEach(this::object);
  }

  private void object(YamlValue object) {
    String kind = object.text("kind");
    findings.expect(
        KINDS.contains(kind) && !object.text("apiVersion").isBlank(),
        BundleRule.BUNDLE_KIND,
        object.place(),
        "is of kind \"%s %s\", which a bundle must not hold; remove it"
            .formatted(object.text("apiVersion"), kind));
    if (kind.equals(CRD)) {
      findings.expect(
          object.text("apiVersion").matches("apiextensions\\.k8s\\.io/v1(?:beta1)?"),
          BundleRule.BUNDLE_CRD_VERSION,
          object.place(),
          "has apiVersion \"%s\"; write apiextensions.k8s.io/v1"
              .formatted(object.text("apiVersion")));
    } else if (!kind.equals(Csv.KIND)) {
      metadata(object);
    }
  }

  /** Names of roles and bindings may be paths' parts; OLM sets namespaces itself. */
  private void metadata(YamlValue object) {
    String name = object.text("metadata", "name");
    boolean rbac = object.text("apiVersion").startsWith(RBAC);
    boolean good = rbac ? name.matches("[^/%]+") : KubernetesNames.subdomain(name);
    meta(good, object, "has the name \"%s\", which is none; write a DNS subdomain".formatted(name));
    object
        .get("metadata", "namespace")
        .ifPresent(value -> meta(false, value, "is set by OLM; remove the namespace"));
    object
        .fields("metadata", "labels")
        .forEach(
            (key, value) ->
                meta(
                    KubernetesNames.key(key) && KubernetesNames.labelValue(value.text().orElse("")),
                    value,
                    "is no label; write at most 63 letters, digits, -, _ and ."));
    object
        .fields("metadata", "annotations")
        .forEach((key, value) -> meta(KubernetesNames.key(key), value, "has a key that is none"));
  }

  private void meta(boolean holds, YamlValue value, String message) {
    findings.expect(holds, BundleRule.BUNDLE_OBJECT_META, value.place(), message);
  }

  private void size() {
    long size = bundle.manifests().stream().mapToLong(file -> PackedSize.of(file.text())).sum();
    String message =
        "takes %d bytes when packed, of %d; remove examples or descriptions"
            .formatted(size, PackedSize.MAX);
    if (size > PackedSize.MAX) {
      findings.add(BundleRule.BUNDLE_TOO_LARGE, Place.of(bundle.directory()), message);
    } else if (size > PackedSize.NEAR) {
      findings.add(BundleRule.BUNDLE_LARGE, Place.of(bundle.directory()), message);
    }
  }
}
