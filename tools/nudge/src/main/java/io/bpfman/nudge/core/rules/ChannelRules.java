package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CatalogRule;
import io.bpfman.nudge.core.olm.Catalog;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules for channels and their upgrade edges (operator-registry, alpha/model). */
final class ChannelRules {
  private final Map<String, YamlValue> bundles;
  private final Findings findings;
  private final Set<String> names = new HashSet<>();

  private ChannelRules(Map<String, YamlValue> bundles, Findings findings) {
    this.bundles = bundles;
    this.findings = findings;
  }

  static void check(Catalog catalog, Map<String, YamlValue> bundles, Findings findings) {
    ChannelRules rules = new ChannelRules(bundles, findings);
    catalog.all("olm.channel").forEach(rules::channel);
  }

  private void channel(YamlValue channel) {
    String name = channel.text("name");
    findings.expect(
        !name.isEmpty() && names.add(CatalogRules.key(channel, name)),
        CatalogRule.CATALOG_CHANNEL_NAME,
        channel.place(),
        "\"%s\" is no name or there twice; rename or remove one".formatted(name));
    Map<String, YamlValue> entries = new HashMap<>();
    for (YamlValue entry : channel.items("entries")) {
      entry(channel, entry);
      findings.expect(
          entries.put(entry.text("name"), entry) == null,
          CatalogRule.CATALOG_ENTRY_TWICE,
          entry.place(),
          entry.text("name") + " is there twice; remove one");
    }
    if (entries.isEmpty()) {
      findings.add(
          CatalogRule.CATALOG_CHANNEL_EMPTY,
          channel.place(),
          "has no entries; name a bundle or remove the channel");
    } else {
      new ChannelGraph(channel, entries, findings).check();
    }
  }

  private void entry(YamlValue channel, YamlValue entry) {
    String name = entry.text("name");
    findings.expect(
        bundles.containsKey(CatalogRules.key(channel, name)),
        CatalogRule.CATALOG_ENTRY_WITHOUT_BUNDLE,
        entry.place(),
        "there is no olm.bundle \"%s\"; add it or remove the entry".formatted(name));
    entry
        .get("skipRange")
        .ifPresent(
            value ->
                VersionRange.problem(value.text().orElse(""))
                    .ifPresent(
                        why -> findings.add(CatalogRule.CATALOG_SKIP_RANGE, value.place(), why)));
    entry.get("replaces").ifPresent(value -> order(channel, entry, value));
    for (YamlValue skip : entry.items("skips")) {
      findings.expect(
          skip.isString() && !skip.text().orElse("").isBlank(),
          CatalogRule.CATALOG_SKIPS,
          skip.place(),
          "is no name; write the name of a bundle");
      order(channel, entry, skip);
    }
  }

  /** Not checked by opm: an upgrade goes to a higher version. */
  private void order(YamlValue channel, YamlValue entry, YamlValue from) {
    Optional<Version> own = version(channel, entry.text("name"));
    Optional<Version> other = version(channel, from.text().orElse(""));
    findings.expect(
        own.isEmpty() || other.isEmpty() || own.get().compareTo(other.get()) >= 0,
        CatalogRule.CATALOG_REPLACES_NEWER,
        from.place(),
        "%s is newer than %s; name an older version"
            .formatted(from.text().orElse(""), entry.text("name")));
  }

  private Optional<Version> version(YamlValue channel, String name) {
    return Optional.ofNullable(bundles.get(CatalogRules.key(channel, name)))
        .flatMap(bundle -> Catalog.property(bundle, "olm.package"))
        .flatMap(value -> Version.of(value.text("version")));
  }
}
