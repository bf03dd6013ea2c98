package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.BundleRule;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an API server refuses of a CustomResourceDefinition, as far as it has a simple reason. */
final class CrdRules {
  private final YamlValue crd;
  private final Findings findings;

  private CrdRules(YamlValue crd, Findings findings) {
    this.crd = crd;
    this.findings = findings;
  }

  static void check(YamlValue crd, Findings findings) {
    CrdRules rules = new CrdRules(crd, findings);
    rules.names();
    rules.versions();
  }

  private void names() {
    String plural = crd.text("spec", "names", "plural");
    String group = crd.text("spec", "group");
    name(
        KubernetesNames.rfc1035(plural) && KubernetesNames.subdomain(group),
        "has plural \"%s\" and group \"%s\"; write a DNS label and a DNS subdomain"
            .formatted(plural, group));
    name(
        crd.text("metadata", "name").equals(plural + "." + group),
        "is named \"%s\"; write %s.%s".formatted(crd.text("metadata", "name"), plural, group));
    name(
        KubernetesNames.rfc1035(lower(crd.text("spec", "names", "kind"))),
        "has the kind \"%s\"; write letters and digits"
            .formatted(crd.text("spec", "names", "kind")));
    name(
        Set.of("Namespaced", "Cluster").contains(crd.text("spec", "scope")),
        "has the scope \"%s\"; write Namespaced or Cluster".formatted(crd.text("spec", "scope")));
  }

  private void name(boolean holds, String message) {
    findings.expect(holds, BundleRule.CRD_NAME, crd.place(), message);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private void versions() {
    List<YamlValue> versions = crd.items("spec", "versions");
    Set<String> names = new HashSet<>();
    for (YamlValue version : versions) {
      String name = version.text("name");
      version(
          KubernetesNames.rfc1035(name) && names.add(name),
          version.place(),
          "\"%s\" is no version or there twice; write one such as v1".formatted(name));
      schema(version);
    }
    Place place = crd.get("spec", "versions").map(YamlValue::place).orElse(crd.place());
    long stored = versions.stream().filter(v -> v.text("storage").equals("true")).count();
    version(stored == 1, place, "has %d stored versions; set storage for one".formatted(stored));
    version(
        versions.stream().anyMatch(v -> v.text("served").equals("true")),
        place,
        "has no served version; set served for one");
  }

  private void version(boolean holds, Place place, String message) {
    findings.expect(holds, BundleRule.CRD_VERSIONS, place, message);
  }

  private void schema(YamlValue version) {
    Optional<YamlValue> schema = version.get("schema", "openAPIV3Schema");
    if (schema.isEmpty()) {
      findings.add(
          BundleRule.CRD_SCHEMA, version.place(), "has no schema.openAPIV3Schema; write one");
      return;
    }
    findings.expect(
        schema.get().text("type").equals("object"),
        BundleRule.CRD_SCHEMA,
        schema.get().place(),
        "is of type \"%s\"; an object is of type object".formatted(schema.get().text("type")));
    new SchemaRules(findings).root(schema.get());
  }
}
