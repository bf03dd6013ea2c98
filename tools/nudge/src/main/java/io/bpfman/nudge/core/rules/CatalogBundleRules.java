package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CatalogRule;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import io.bpfman.nudge.core.olm.Catalog;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules for the bundles of a catalog. */
final class CatalogBundleRules {
  private final Findings findings;
  private final Map<String, YamlValue> bundles = new HashMap<>();
  private final Map<String, String> versions = new HashMap<>();

  private CatalogBundleRules(Findings findings) {
    this.findings = findings;
  }

  /** The bundles by {@link CatalogRules#key}. */
  static Map<String, YamlValue> check(Catalog catalog, Findings findings) {
    CatalogBundleRules rules = new CatalogBundleRules(findings);
    catalog.bundles().forEach(rules::bundle);
    rules.unlisted(catalog);
    return Map.copyOf(rules.bundles);
  }

  private void bundle(YamlValue bundle) {
    String name = bundle.text("name");
    findings.expect(
        !name.isEmpty() && bundles.put(CatalogRules.key(bundle, name), bundle) == null,
        CatalogRule.CATALOG_BUNDLE_TWICE,
        bundle.place(),
        "\"%s\" is no name or there twice; rename or remove one".formatted(name));
    images(bundle);
    PropertyRules.check(bundle, findings);
    List<YamlValue> packages =
        bundle.items("properties").stream()
            .filter(property -> property.text("type").equals("olm.package"))
            .toList();
    if (packages.size() == 1) {
      packageProperty(bundle, packages.getFirst());
    } else {
      findings.add(
          CatalogRule.CATALOG_PACKAGE_PROPERTY,
          bundle.place(),
          "has %d properties olm.package; exactly one is needed".formatted(packages.size()));
    }
  }

  private void packageProperty(YamlValue bundle, YamlValue property) {
    String packageName = property.text("value", "packageName");
    findings.expect(
        packageName.equals(bundle.text("package")),
        CatalogRule.CATALOG_PACKAGE_PROPERTY,
        property.place(),
        "names package \"%s\"; write %s".formatted(packageName, bundle.text("package")));
    String version = property.text("value", "version");
    String release = property.text("value", "release");
    findings.expect(
        Version.of(version).isPresent(),
        CatalogRule.CATALOG_VERSION,
        property.place(),
        "\"%s\" is no semantic version; write one such as 1.2.3".formatted(version));
    String name = bundle.text("name");
    if (!release.isEmpty()) {
      Releases.problem(packageName, version, release, name)
          .ifPresent(why -> findings.add(CatalogRule.CATALOG_RELEASE, property.place(), why));
    }
    String other = versions.put(CatalogRules.key(bundle, version + "-" + release), name);
    findings.expect(
        other == null || other.equals(name),
        CatalogRule.CATALOG_VERSION_TWICE,
        property.place(),
        "%s is the version of %s too; give each its own".formatted(version, other));
  }

  private void images(YamlValue bundle) {
    String image = bundle.text("image");
    boolean objects =
        bundle.items("properties").stream()
            .anyMatch(property -> property.text("type").equals("olm.bundle.object"));
    try {
      if (!image.isEmpty() || !objects) {
        ImageReference.pinned(image);
      }
    } catch (InvalidReferenceException e) {
      findings.add(CatalogRule.CATALOG_IMAGE, bundle.place(), String.valueOf(e.getMessage()));
    }
    for (YamlValue related : bundle.items("relatedImages")) {
      try {
        ImageReference.parse(related.text("image"));
      } catch (InvalidReferenceException e) {
        findings.add(
            CatalogRule.CATALOG_RELATED_IMAGE, related.place(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void unlisted(Catalog catalog) {
    Set<String> listed = new HashSet<>();
    for (YamlValue channel : catalog.all("olm.channel")) {
      channel.items("entries").forEach(e -> listed.add(CatalogRules.key(channel, e.text("name"))));
    }
    bundles.forEach(
        (key, bundle) ->
            findings.expect(
                listed.contains(key),
                CatalogRule.CATALOG_BUNDLE_UNLISTED,
                bundle.place(),
                bundle.text("name") + " is in no channel; add an entry or remove it"));
  }
}
