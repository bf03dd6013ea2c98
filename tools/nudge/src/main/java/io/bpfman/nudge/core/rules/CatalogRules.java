package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CatalogRule;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.olm.Catalog;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The format of a catalog, as {@code opm validate} checks it, and the order of versions. */
public final class CatalogRules {
  private static final Set<String> SCHEMAS =
      Set.of("olm.channel", "olm.bundle", "olm.deprecations");

  private final Catalog catalog;
  private final Findings findings = new Findings();

  private CatalogRules(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Every finding. */
  public static List<Finding> check(Catalog catalog) {
    CatalogRules rules = new CatalogRules(catalog);
    catalog.objects().forEach(rules::schema);
    rules.packages();
    Map<String, YamlValue> bundles = CatalogBundleRules.check(catalog, rules.findings);
    ChannelRules.check(catalog, bundles, rules.findings);
    DeprecationRules.check(catalog, rules.findings);
    return rules.findings.list();
  }

  /** Bundles and channels are unique in their package only. */
  static String key(YamlValue object, String name) {
    return object.text("package") + "/" + name;
  }

  private void schema(YamlValue object) {
    findings.expect(
        !object.text("schema").isEmpty(),
        CatalogRule.CATALOG_SCHEMA,
        object.place(),
        "has no schema; write one such as olm.bundle");
    keys(object);
  }

  /** opm folds the case of keys. */
  private void keys(YamlValue value) {
    Map<String, String> seen = new HashMap<>();
    value
        .fields()
        .forEach(
            (key, inner) -> {
              String other = seen.put(key.toLowerCase(Locale.ROOT), key);
              if (other != null) {
                findings.add(
                    CatalogRule.CATALOG_KEY_CASE,
                    inner.place(),
                    "is beside %s, which opm takes for the same; remove one".formatted(other));
              }
            });
  }

  private void packages() {
    Set<String> names = new HashSet<>();
    for (YamlValue known : catalog.all("olm.package")) {
      String name = known.text("name");
      findings.expect(
          KubernetesNames.label(name),
          CatalogRule.CATALOG_PACKAGE_NAME,
          known.place(),
          "\"%s\" is no label of the DNS; write a-z, 0-9 and -".formatted(name));
      findings.expect(
          names.add(name),
          CatalogRule.CATALOG_PACKAGE_TWICE,
          known.place(),
          name + " is there twice; remove one");
      onePackage(known);
    }
    catalog.objects().stream()
        .filter(o -> o.get("package").isPresent() || SCHEMAS.contains(o.text("schema")))
        .filter(object -> !names.contains(object.text("package")))
        .forEach(
            object ->
                findings.add(
                    CatalogRule.CATALOG_UNKNOWN_PACKAGE,
                    object.place(),
                    "is of package \"%s\", which is not there; write one of %s"
                        .formatted(object.text("package"), names.stream().sorted().toList())));
  }

  private void onePackage(YamlValue known) {
    String channel = known.text("defaultChannel");
    List<String> channels = channels(known.text("name")).map(c -> c.text("name")).toList();
    findings.expect(
        !channel.isEmpty() && channels.contains(channel),
        CatalogRule.CATALOG_DEFAULT_CHANNEL,
        known.place(),
        "has the default channel \"%s\"; write one of %s".formatted(channel, channels));
    known
        .get("icon")
        .ifPresent(
            icon ->
                findings.expect(
                    HubRules.isIcon(icon),
                    CatalogRule.CATALOG_ICON,
                    icon.place(),
                    "is no picture in base64 with a known mediatype; write one or none"));
  }

  private Stream<YamlValue> channels(String name) {
    return catalog.all("olm.channel").stream().filter(c -> c.text("package").equals(name));
  }
}
