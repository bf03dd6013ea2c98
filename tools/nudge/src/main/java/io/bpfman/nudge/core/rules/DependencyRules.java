package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.BundleRule;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.List;
import java.util.Optional;

/** Rules for what a bundle needs, as operator-registry reads it (registry/types.go). */
final class DependencyRules {
  private DependencyRules() {}

  static void check(Bundle bundle, Findings findings) {
    for (YamlValue dependency : bundle.dependencies()) {
      problem(dependency)
          .ifPresent(why -> findings.add(BundleRule.BUNDLE_DEPENDENCY, dependency.place(), why));
    }
  }

  private static Optional<String> problem(YamlValue dependency) {
    YamlValue value = dependency.get("value").orElse(dependency);
    return switch (dependency.text("type")) {
      case "olm.package" ->
          missing(value, "packageName", "version")
              .or(() -> VersionRange.problem(value.text("version")));
      case "olm.gvk" -> missing(value, "group", "kind", "version");
      case "olm.label" -> missing(value, "label");
      case "olm.constraint" -> constraint(value);
      default ->
          Optional.of(
              "is of type \"%s\"; write olm.package, olm.gvk, olm.label or olm.constraint"
                  .formatted(dependency.text("type")));
    };
  }

  /** Which of {@code fields} is missing or empty, with the way out. */
  static Optional<String> missing(YamlValue value, String... fields) {
    return List.of(fields).stream()
        .filter(field -> value.text(field).isBlank())
        .findFirst()
        .map(field -> "has no %s; write it below value".formatted(field));
  }

  /** A constraint says what it wants in exactly one way. */
  static Optional<String> constraint(YamlValue value) {
    long ways =
        value.fields().keySet().stream()
            .filter(List.of("gvk", "package", "cel", "all", "any", "not")::contains)
            .count();
    if (ways != 1) {
      return Optional.of(
          "has %d of gvk, package, cel, all, any and not; write exactly one".formatted(ways));
    }
    return value
        .get("package")
        .flatMap(
            wanted ->
                missing(wanted, "packageName", "versionRange")
                    .or(() -> VersionRange.problem(wanted.text("versionRange"))));
  }
}
