package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CatalogRule;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Rules for the properties of a bundle in a catalog (operator-registry, alpha/property). */
final class PropertyRules {
  private PropertyRules() {}

  static void check(YamlValue bundle, Findings findings) {
    Map<String, Integer> counts = new HashMap<>();
    for (YamlValue property : bundle.items("properties")) {
      counts.merge(property.text("type"), 1, Integer::sum);
      problem(property)
          .ifPresent(why -> findings.add(CatalogRule.CATALOG_PROPERTY, property.place(), why));
    }
    findings.expect(
        counts.getOrDefault("olm.csv.metadata", 0) <= 1,
        CatalogRule.CATALOG_PROPERTY,
        bundle.place(),
        "has several properties olm.csv.metadata; keep one");
  }

  private static Optional<String> problem(YamlValue property) {
    String type = property.text("type");
    Optional<YamlValue> given = property.get("value");
    if (type.isBlank() || given.isEmpty()) {
      return Optional.of("needs type and value; write both");
    }
    YamlValue value = given.get();
    return switch (type) {
      case "olm.package" -> DependencyRules.missing(value, "packageName", "version");
      case "olm.gvk", "olm.gvk.required" ->
          DependencyRules.missing(value, "group", "kind", "version");
      case "olm.package.required" ->
          DependencyRules.missing(value, "packageName", "versionRange")
              .or(() -> VersionRange.problem(value.text("versionRange")));
      case "olm.constraint" -> DependencyRules.constraint(value);
      case "olm.csv.metadata" -> object(value);
      case "olm.bundle.object" -> DependencyRules.missing(value, "data");
      case "olm.maxOpenShiftVersion" -> openShift(value.text().orElse(""));
      default -> Optional.empty();
    };
  }

  private static Optional<String> object(YamlValue value) {
    return value.isObject() ? Optional.empty() : Optional.of("is no object; render it anew");
  }

  private static Optional<String> openShift(String version) {
    return version.matches("[0-9]+\\.[0-9]+(?:\\.[0-9]+)?")
        ? Optional.empty()
        : Optional.of(
            "\"%s\" is no version of OpenShift; write one such as 4.20".formatted(version));
  }
}
