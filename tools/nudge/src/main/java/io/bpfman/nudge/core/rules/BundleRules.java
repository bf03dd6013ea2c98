package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.BundleRule;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The format of a bundle, as {@code operator-sdk bundle validate} checks it, and its parts. */
public final class BundleRules {
  private static final List<String> REQUIRED =
      List.of("mediatype.v1", "manifests.v1", "metadata.v1", "package.v1", "channels.v1");

  private final Bundle bundle;
  private final Findings findings = new Findings();

  private BundleRules(Bundle bundle) {
    this.bundle = bundle;
  }

  /** Every finding. */
  public static List<Finding> check(Bundle bundle) {
    BundleRules rules = new BundleRules(bundle);
    rules.annotations();
    rules.channels();
    DependencyRules.check(bundle, rules.findings);
    ManifestRules.check(bundle, rules.findings);
    List<YamlFile> csvs = bundle.csvFiles();
    if (csvs.size() == 1) {
      rules.csv(Csv.of(csvs.getFirst()));
    } else {
      rules.findings.add(
          BundleRule.BUNDLE_CSV,
          Place.of(bundle.directory()),
          "has %d ClusterServiceVersions; a bundle has exactly one".formatted(csvs.size()));
    }
    return rules.findings.list();
  }

  private void csv(Csv csv) {
    String packageName = bundle.annotation("package.v1").flatMap(YamlValue::text).orElse("");
    CsvRules.check(csv, packageName, findings);
    ImageRules.check(bundle, csv, findings);
    DefinitionRules.check(bundle, csv, findings);
    ObjectRules.check(bundle, csv, findings);
    ApiRules.check(bundle, csv, findings);
    AdviceRules.check(bundle, csv, findings);
    ScorecardRules.check(bundle, csv, findings);
  }

  private void annotations() {
    Place place = bundle.annotations().map(YamlValue::place).orElse(Place.of(bundle.directory()));
    for (String name : REQUIRED) {
      Optional<YamlValue> value = bundle.annotation(name);
      findings.expect(
          value.flatMap(YamlValue::text).filter(text -> !text.isBlank()).isPresent(),
          BundleRule.BUNDLE_ANNOTATION,
          value.map(YamlValue::place).orElse(place),
          "metadata needs the annotation %s%s; write it to annotations.yaml"
              .formatted(Bundle.PREFIX, name));
    }
    expectValue("mediatype.v1", "registry+v1");
    expectValue("manifests.v1", "manifests/");
    expectValue("metadata.v1", "metadata/");
  }

  private void expectValue(String name, String expected) {
    bundle
        .annotation(name)
        .filter(value -> !value.text().orElse("").replaceFirst("^/", "").equals(expected))
        .ifPresent(
            value ->
                findings.add(
                    BundleRule.BUNDLE_ANNOTATION_VALUE,
                    value.place(),
                    "is \"%s\"; write \"%s\"".formatted(value.text().orElse(""), expected)));
  }

  private void channels() {
    Set<String> names = new HashSet<>();
    bundle
        .annotation("channels.v1")
        .filter(value -> !value.text().orElse("").isBlank())
        .ifPresent(
            value ->
                bundle.channels().stream()
                    .filter(channel -> channel.isBlank() || !names.add(channel))
                    .forEach(channel -> badChannel(value, channel)));
    bundle
        .annotation("channel.default.v1")
        .filter(value -> !bundle.channels().contains(value.text().orElse("")))
        .ifPresent(
            value ->
                findings.add(
                    BundleRule.BUNDLE_DEFAULT_CHANNEL,
                    value.place(),
                    "\"%s\" is none of the channels %s; write one of them or nothing"
                        .formatted(value.text().orElse(""), bundle.channels())));
  }

  private void badChannel(YamlValue value, String channel) {
    findings.add(
        BundleRule.BUNDLE_CHANNEL,
        value.place(),
        "has the channel \"%s\", which is empty or there twice; remove it".formatted(channel));
  }
}
