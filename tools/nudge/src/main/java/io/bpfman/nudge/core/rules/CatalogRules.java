package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import io.bpfman.nudge.core.olm.Catalog;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The format of a catalog, as {@code opm validate} checks it, and the order of versions. */
public final class CatalogRules {
  private final Catalog catalog;
  private final Findings findings = new Findings();
  private final Map<String, YamlValue> bundles = new HashMap<>();

  private CatalogRules(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Every finding. */
  public static List<Finding> check(Catalog catalog) {
    CatalogRules rules = new CatalogRules(catalog);
    catalog.objects().forEach(rules::schema);
    rules.packages();
    catalog.bundles().forEach(rules::bundle);
    catalog.all("olm.channel").forEach(rules::channel);
    rules.unlisted();
    return rules.findings.list();
  }

  private void schema(YamlValue object) {
    findings.expect(
        !object.text("schema").isEmpty(), "catalog-schema", object.place(), "has no schema");
  }

  private void packages() {
    Set<String> names = new HashSet<>();
    for (YamlValue known : catalog.all("olm.package")) {
      String name = known.text("name");
      findings.expect(
          name.length() <= 63 && name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?"),
          "catalog-package-name",
          known.place(),
          "\"%s\" is no label of the DNS".formatted(name));
      findings.expect(
          names.add(name), "catalog-package-twice", known.place(), name + " is there twice");
      String channel = known.text("defaultChannel");
      findings.expect(
          channels(name).anyMatch(c -> c.text("name").equals(channel)),
          "catalog-default-channel",
          known.place(),
          "has the default channel \"%s\", which is not there".formatted(channel));
    }
    catalog.objects().stream()
        .filter(object -> object.get("package").isPresent())
        .filter(object -> !names.contains(object.text("package")))
        .forEach(
            object ->
                findings.error(
                    "catalog-unknown-package",
                    object.place(),
                    "is of package \"%s\", which is not there".formatted(object.text("package"))));
  }

  private Stream<YamlValue> channels(String name) {
    return catalog.all("olm.channel").stream().filter(c -> c.text("package").equals(name));
  }

  private void bundle(YamlValue bundle) {
    String name = bundle.text("name");
    findings.expect(
        bundles.put(key(bundle, name), bundle) == null,
        "catalog-bundle-twice",
        bundle.place(),
        name + " is there twice");
    bundleImage(bundle);
    List<YamlValue> packages =
        bundle.items("properties").stream()
            .filter(property -> property.text("type").equals("olm.package"))
            .toList();
    if (packages.size() != 1) {
      findings.error(
          "catalog-package-property",
          bundle.place(),
          "has %d properties olm.package; exactly one is needed".formatted(packages.size()));
      return;
    }
    YamlValue property = packages.getFirst();
    findings.expect(
        property.text("value", "packageName").equals(bundle.text("package")),
        "catalog-package-property",
        property.place(),
        "names package \"%s\"".formatted(property.text("value", "packageName")));
    String version = property.text("value", "version");
    findings.expect(
        Version.of(version).isPresent(),
        "catalog-version",
        property.place(),
        "\"%s\" is no semantic version".formatted(version));
  }

  private void bundleImage(YamlValue bundle) {
    try {
      ImageReference.pinned(bundle.text("image"));
    } catch (InvalidReferenceException e) {
      findings.error("catalog-image", bundle.place(), String.valueOf(e.getMessage()));
    }
  }

  private void channel(YamlValue channel) {
    Map<String, YamlValue> entries = new HashMap<>();
    for (YamlValue entry : channel.items("entries")) {
      String name = entry.text("name");
      findings.expect(
          entries.put(name, entry) == null,
          "catalog-entry-twice",
          entry.place(),
          name + " is there twice");
      findings.expect(
          bundles.containsKey(key(channel, name)),
          "catalog-entry-without-bundle",
          entry.place(),
          "there is no olm.bundle \"%s\"".formatted(name));
      order(channel, entry);
    }
    if (entries.isEmpty()) {
      findings.error("catalog-channel-empty", channel.place(), "has no entries");
      return;
    }
    head(channel, entries);
  }

  /** Not checked by opm: an upgrade goes to a higher version. */
  private void order(YamlValue channel, YamlValue entry) {
    Optional<Version> own = version(channel, entry.text("name"));
    Optional<Version> replaced = version(channel, entry.text("replaces"));
    if (own.isPresent() && replaced.isPresent() && own.get().compareTo(replaced.get()) <= 0) {
      findings.error(
          "catalog-replaces-newer",
          entry.place(),
          "%s replaces %s, which is not older"
              .formatted(entry.text("name"), entry.text("replaces")));
    }
  }

  private Optional<Version> version(YamlValue channel, String name) {
    return Optional.ofNullable(bundles.get(key(channel, name)))
        .flatMap(bundle -> Catalog.property(bundle, "olm.package"))
        .flatMap(value -> Version.of(value.text("version")));
  }

  private void head(YamlValue channel, Map<String, YamlValue> entries) {
    Set<String> heads = new HashSet<>(entries.keySet());
    Set<String> skipped = new HashSet<>();
    for (YamlValue entry : entries.values()) {
      heads.remove(entry.text("replaces"));
      entry.items("skips").forEach(skip -> skipped.add(skip.text().orElse("")));
    }
    heads.removeAll(skipped);
    if (heads.size() != 1) {
      findings.error(
          "catalog-channel-head",
          channel.place(),
          "has %d heads %s; exactly one entry must be replaced or skipped by no other"
              .formatted(heads.size(), heads.stream().sorted().toList()));
      return;
    }
    walk(channel, entries, skipped, heads.iterator().next());
  }

  private void walk(
      YamlValue channel, Map<String, YamlValue> entries, Set<String> skipped, String head) {
    Set<String> reached = new HashSet<>();
    String name = head;
    for (YamlValue entry = entries.get(name);
        entry != null && reached.add(name);
        entry = entries.get(name)) {
      name = entry.text("replaces");
    }
    findings.expect(
        !reached.contains(name) || name.isEmpty(),
        "catalog-channel-cycle",
        channel.place(),
        "replaces leads from %s back to %s".formatted(head, name));
    entries.entrySet().stream()
        .filter(entry -> !reached.contains(entry.getKey()) && !skipped.contains(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                findings.error(
                    "catalog-stranded",
                    entry.getValue().place(),
                    "%s leads nowhere: the head %s does not reach it"
                        .formatted(entry.getKey(), head)));
  }

  private void unlisted() {
    Set<String> listed = new HashSet<>();
    for (YamlValue channel : catalog.all("olm.channel")) {
      channel.items("entries").forEach(e -> listed.add(key(channel, e.text("name"))));
    }
    bundles.forEach(
        (key, bundle) ->
            findings.expect(
                listed.contains(key),
                "catalog-bundle-unlisted",
                bundle.place(),
                bundle.text("name") + " is in no channel"));
  }

  private static String key(YamlValue object, String name) {
    return object.text("package") + "/" + name;
  }
}
