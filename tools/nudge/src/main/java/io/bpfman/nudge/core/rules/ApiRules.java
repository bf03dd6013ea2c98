package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.BundleRule;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Map;

/**
 * APIs that Kubernetes removed (its deprecation guide), of kinds that a bundle may hold. It is an
 * error when {@code minKubeVersion} asks for a cluster that does not have them any more.
 */
final class ApiRules {
  private static final Map<String, String> REMOVED =
      Map.ofEntries(
          Map.entry("extensions/v1beta1 NetworkPolicy", "1.16.0"),
          Map.entry("apiextensions.k8s.io/v1beta1 CustomResourceDefinition", "1.22.0"),
          Map.entry("rbac.authorization.k8s.io/v1beta1 ClusterRole", "1.22.0"),
          Map.entry("rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding", "1.22.0"),
          Map.entry("rbac.authorization.k8s.io/v1beta1 Role", "1.22.0"),
          Map.entry("rbac.authorization.k8s.io/v1beta1 RoleBinding", "1.22.0"),
          Map.entry("scheduling.k8s.io/v1beta1 PriorityClass", "1.22.0"),
          Map.entry("policy/v1beta1 PodDisruptionBudget", "1.25.0"));

  private ApiRules() {}

  static void check(Bundle bundle, Csv csv, Findings findings) {
    String minimum = csv.root().text("spec", "minKubeVersion");
    bundle.objects().forEach(object -> object(object, minimum, findings));
  }

  private static void object(YamlValue object, String minimum, Findings findings) {
    String api = object.text("apiVersion") + " " + object.text("kind");
    String removed = REMOVED.get(api);
    if (removed == null) {
      return;
    }
    boolean never =
        Version.of(minimum)
            .filter(m -> m.compareTo(Version.of(removed).orElseThrow()) >= 0)
            .isPresent();
    findings.add(
        never ? BundleRule.BUNDLE_REMOVED_API : BundleRule.BUNDLE_OLD_API,
        object.place(),
        "is %s, which Kubernetes %s does not have any more; write a newer apiVersion"
            .formatted(api, removed));
  }
}
