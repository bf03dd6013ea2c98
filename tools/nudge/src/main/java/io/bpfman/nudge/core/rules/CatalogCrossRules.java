package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CrossRule;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.nudge.NudgeFile;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.BundleRenderer;
import io.bpfman.nudge.core.olm.Catalog;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rules between catalog, bundle and nudge files, which opm does not check. */
public final class CatalogCrossRules {

  private final Catalog catalog;
  private final Bundle bundle;
  private final Csv csv;
  private final Findings findings = new Findings();

  private CatalogCrossRules(Catalog catalog, Bundle bundle) {
    this.catalog = catalog;
    this.bundle = bundle;
    this.csv = bundle.csv();
  }

  /** Every finding. */
  public static List<Finding> check(Catalog catalog, Bundle bundle, List<NudgeFile> nudges) {
    CatalogCrossRules rules = new CatalogCrossRules(catalog, bundle);
    Optional<YamlValue> blob =
        catalog.bundles().stream().filter(b -> b.text("name").equals(rules.csv.name())).findFirst();
    if (blob.isPresent()) {
      blob.get()
          .get("image")
          .ifPresent(v -> new NudgedImages(nudges, rules.findings).compare(v, Operand.BUNDLE));
      rules.rendered(blob.get());
      rules.channels();
      rules.defaultChannel();
    } else {
      rules.findings.add(
          CrossRule.CATALOG_WITHOUT_BUNDLE,
          rules.csv.root().place(),
          "%s is in no olm.bundle of the catalog; run catalog".formatted(rules.csv.name()));
    }
    return rules.findings.list();
  }

  private void rendered(YamlValue blob) {
    BundleRenderer renderer = new BundleRenderer(bundle);
    same(blob, "properties", renderer.properties());
    same(blob, "relatedImages", renderer.relatedImages(blob.text("image")));
  }

  private void same(YamlValue blob, String field, List<Object> rendered) {
    Optional<YamlValue> value = blob.get(field);
    findings.expect(
        value.map(YamlValue::plain).filter(rendered::equals).isPresent(),
        CrossRule.CATALOG_DRIFT,
        value.map(YamlValue::place).orElse(blob.place()),
        "%s of %s are not those of the bundle; run update-catalog with --bundle-dir"
            .formatted(field, csv.name()));
  }

  private void channels() {
    Set<String> listed = new TreeSet<>();
    for (YamlValue channel : catalog.all("olm.channel")) {
      for (YamlValue entry : channel.items("entries")) {
        if (entry.text("name").equals(csv.name())) {
          listed.add(channel.text("name"));
          upgrade(entry);
        }
      }
    }
    findings.expect(
        new HashSet<>(bundle.channels()).equals(listed),
        CrossRule.CHANNEL_DIFFERS,
        annotation("channels.v1"),
        "is %s, but the catalog has the bundle in %s; let both say the same"
            .formatted(bundle.channels(), listed));
  }

  /** What the bundle says of its upgrade must be what the channel says; it may say nothing. */
  private void upgrade(YamlValue entry) {
    upgrade(entry, "replaces", csv.root().text("spec", "replaces"));
    upgrade(entry, "skipRange", csv.root().text("metadata", "annotations", "olm.skipRange"));
  }

  private void upgrade(YamlValue entry, String field, String own) {
    findings.expect(
        own.isEmpty() || own.equals(entry.text(field)),
        CrossRule.UPGRADE_DIFFERS,
        entry.place(),
        "has %s \"%s\", but the bundle says \"%s\"; let both say the same"
            .formatted(field, entry.text(field), own));
  }

  private void defaultChannel() {
    String own = bundle.annotation("channel.default.v1").flatMap(YamlValue::text).orElse("");
    String packageName = bundle.annotation("package.v1").flatMap(YamlValue::text).orElse("");
    catalog.all("olm.package").stream()
        .filter(known -> known.text("name").equals(packageName))
        .filter(known -> !own.isEmpty() && !known.text("defaultChannel").equals(own))
        .forEach(
            known ->
                findings.add(
                    CrossRule.DEFAULT_CHANNEL_DIFFERS,
                    annotation("channel.default.v1"),
                    "is %s, but the catalog's is %s; let both say the same"
                        .formatted(own, known.text("defaultChannel"))));
  }

  private Place annotation(String name) {
    return bundle.annotation(name).orElse(csv.root()).place();
  }
}
