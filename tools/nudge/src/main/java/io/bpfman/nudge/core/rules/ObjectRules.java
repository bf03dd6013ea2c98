package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.BundleRule;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Objects that would disturb others of the cluster: those of the object validator of
 * operator-framework/api, here also in the rights of the ClusterServiceVersion.
 */
final class ObjectRules {
  private static final Set<String> DEFAULT_SCCS =
      Set.of(
          "privileged",
          "restricted",
          "restricted-v2",
          "anyuid",
          "hostaccess",
          "hostmount-anyuid",
          "hostnetwork",
          "hostnetwork-v2",
          "node-exporter",
          "nonroot",
          "nonroot-v2");

  private final Findings findings;

  private ObjectRules(Findings findings) {
    this.findings = findings;
  }

  static void check(Bundle bundle, Csv csv, Findings findings) {
    ObjectRules rules = new ObjectRules(findings);
    bundle.objects("PodDisruptionBudget").forEach(rules::budget);
    bundle.objects("PriorityClass").forEach(rules::priorityClass);
    rights(bundle, csv).forEach(rules::right);
  }

  /** Rules of all roles, those of the ClusterServiceVersion first. */
  static Stream<YamlValue> rights(Bundle bundle, Csv csv) {
    Stream<YamlValue> own =
        Stream.of("permissions", "clusterPermissions")
            .flatMap(part -> csv.root().items("spec", "install", "spec", part).stream());
    Stream<YamlValue> roles = Stream.of("Role", "ClusterRole").flatMap(bundle::objects);
    return Stream.concat(own, roles).flatMap(role -> role.items("rules").stream());
  }

  /** True when {@code rule} has one of {@code words}, or *, in its list {@code field}. */
  static boolean has(YamlValue rule, String field, String... words) {
    List<String> wanted = List.of(words);
    return rule.items(field).stream()
        .map(word -> word.text().orElse(""))
        .anyMatch(word -> word.equals("*") || wanted.contains(word));
  }

  private void budget(YamlValue budget) {
    findings.expect(
        !Set.of("0", "0%").contains(budget.text("spec", "maxUnavailable")),
        BundleRule.BUNDLE_DISRUPTION_BUDGET,
        budget.place(),
        "has maxUnavailable 0, so nodes could not be drained; write 1 or more");
    findings.expect(
        !budget.text("spec", "minAvailable").equals("100%"),
        BundleRule.BUNDLE_DISRUPTION_BUDGET,
        budget.place(),
        "has minAvailable 100%, so nodes could not be drained; write less");
  }

  private void priorityClass(YamlValue priority) {
    findings.expect(
        !priority.text("globalDefault").equals("true"),
        BundleRule.BUNDLE_PRIORITY_CLASS,
        priority.place(),
        "would be the default of every pod of the cluster; remove globalDefault");
  }

  private void right(YamlValue rule) {
    boolean budgets =
        has(rule, "apiGroups", "policy")
            && has(rule, "resources", "poddisruptionbudgets")
            && has(rule, "verbs", "create", "update", "patch");
    findings.expect(
        !budgets,
        BundleRule.BUNDLE_BUDGET_RIGHTS,
        rule.place(),
        "may write PodDisruptionBudgets, which can stop drains of nodes; ship them in the bundle");
    boolean constraints =
        has(rule, "apiGroups", "security.openshift.io")
            && has(rule, "resources", "securitycontextconstraints")
            && has(rule, "verbs", "delete", "update", "patch")
            && rule.items("resourceNames").stream()
                .anyMatch(name -> DEFAULT_SCCS.contains(name.text().orElse("")));
    findings.expect(
        !constraints,
        BundleRule.BUNDLE_SCC_RIGHTS,
        rule.place(),
        "may change default SecurityContextConstraints; make one of your own");
  }
}
