package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CatalogRule;
import io.bpfman.nudge.core.olm.Catalog;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules for what a catalog deprecates. */
final class DeprecationRules {
  private static final List<String> SCHEMAS = List.of("olm.package", "olm.channel", "olm.bundle");

  private final Catalog catalog;
  private final Findings findings;

  private DeprecationRules(Catalog catalog, Findings findings) {
    this.catalog = catalog;
    this.findings = findings;
  }

  static void check(Catalog catalog, Findings findings) {
    DeprecationRules rules = new DeprecationRules(catalog, findings);
    Set<String> packages = new HashSet<>();
    for (YamlValue object : catalog.all("olm.deprecations")) {
      findings.expect(
          packages.add(object.text("package")),
          CatalogRule.CATALOG_DEPRECATIONS_TWICE,
          object.place(),
          "is a second one of package %s; write one with all entries"
              .formatted(object.text("package")));
      rules.entries(object);
    }
  }

  private void entries(YamlValue object) {
    Set<String> seen = new HashSet<>();
    for (YamlValue entry : object.items("entries")) {
      String schema = entry.text("reference", "schema");
      String name = entry.text("reference", "name");
      findings.expect(
          SCHEMAS.contains(schema),
          CatalogRule.CATALOG_DEPRECATION_REFERENCE,
          entry.place(),
          "refers to \"%s\"; write one of %s".formatted(schema, SCHEMAS));
      findings.expect(
          !SCHEMAS.contains(schema) || isThere(object, schema, name),
          CatalogRule.CATALOG_DEPRECATION_TARGET,
          entry.place(),
          schema.equals("olm.package")
              ? "names \"%s\"; the package is the one of the object, so write no name"
                  .formatted(name)
              : "refers to %s \"%s\", which is not there; remove the entry"
                  .formatted(schema, name));
      findings.expect(
          seen.add(schema + " " + name),
          CatalogRule.CATALOG_DEPRECATION_TWICE,
          entry.place(),
          "refers to %s \"%s\" a second time; keep one".formatted(schema, name));
      findings.expect(
          !entry.text("message").isBlank(),
          CatalogRule.CATALOG_DEPRECATION_MESSAGE,
          entry.place(),
          "has no message; say what to use instead");
    }
  }

  private boolean isThere(YamlValue object, String schema, String name) {
    return schema.equals("olm.package")
        ? name.isEmpty()
        : catalog.all(schema).stream()
            .anyMatch(
                o ->
                    o.text("package").equals(object.text("package"))
                        && o.text("name").equals(name));
  }
}
