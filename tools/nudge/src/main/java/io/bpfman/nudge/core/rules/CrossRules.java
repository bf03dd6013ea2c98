package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.nudge.NudgeFile;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.BundleRenderer;
import io.bpfman.nudge.core.olm.Catalog;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rules between nudge files, bundle and catalog, which neither opm nor operator-sdk checks. */
public final class CrossRules {
  private final Bundle bundle;
  private final Csv csv;
  private final Map<String, NudgeFile> nudges;
  private final Findings findings = new Findings();

  private CrossRules(Bundle bundle, List<NudgeFile> nudges) {
    this.bundle = bundle;
    this.csv = bundle.csv();
    this.nudges =
        nudges.stream().collect(Collectors.toMap(NudgeFile::component, Function.identity()));
  }

  /** Between bundle and nudge files. */
  public static List<Finding> bundle(Bundle bundle, List<NudgeFile> nudges) {
    CrossRules rules = new CrossRules(bundle, nudges);
    rules.operator();
    rules.operands();
    rules.relatedImages();
    return rules.findings.list();
  }

  /** Between catalog, bundle and nudge files. */
  public static List<Finding> catalog(Catalog catalog, Bundle bundle, List<NudgeFile> nudges) {
    CrossRules rules = new CrossRules(bundle, nudges);
    rules.inCatalog(catalog);
    return rules.findings.list();
  }

  private void operator() {
    Optional<YamlValue> annotation = csv.containerImage();
    if (annotation.isEmpty()) {
      findings.warning(
          "csv-container-image", csv.root().place(), "has no annotation containerImage");
      return;
    }
    String image = annotation.get().text().orElse("");
    findings.expect(
        csv.containers().stream().anyMatch(c -> c.text("image").equals(image)),
        "csv-container-image",
        annotation.get().place(),
        "is %s, which no container runs".formatted(image));
    compare(annotation.get(), Operand.OPERATOR.component());
  }

  private void operands() {
    for (YamlValue container : csv.containers()) {
      for (YamlValue variable : container.items("env")) {
        Arrays.stream(Operand.values())
            .filter(operand -> operand.variables().contains(variable.text("name")))
            .forEach(
                operand -> variable.get("value").ifPresent(v -> compare(v, operand.component())));
      }
    }
    bundle
        .objects()
        .filter(object -> object.text("kind").equals("ConfigMap"))
        .forEach(
            object ->
                Arrays.stream(Operand.values())
                    .filter(operand -> !operand.key().isEmpty())
                    .forEach(
                        operand ->
                            object
                                .get("data", operand.key())
                                .ifPresent(v -> compare(v, operand.component()))));
  }

  private void compare(YamlValue value, String component) {
    NudgeFile nudge = nudges.get(component);
    String image = value.text().orElse("");
    if (nudge != null && !image.equals(nudge.image().toString())) {
      findings.warning(
          "out-of-date",
          value.place(),
          "is %s, but %s says %s".formatted(image, nudge.path(), nudge.image()));
    }
  }

  private void relatedImages() {
    Set<String> listed = new HashSet<>();
    csv.relatedImages().forEach(entry -> listed.add(entry.text("image")));
    boolean disconnected =
        csv.root()
            .text("metadata", "annotations", "features.operators.openshift.io/disconnected")
            .equals("true");
    for (YamlValue container : csv.containers()) {
      container.get("image").ifPresent(v -> related(v, listed, disconnected));
      for (YamlValue variable : container.items("env")) {
        boolean operand =
            variable.text("name").startsWith("RELATED_IMAGE_")
                || Arrays.stream(Operand.values())
                    .anyMatch(o -> o.variables().contains(variable.text("name")));
        if (operand) {
          variable.get("value").ifPresent(v -> related(v, listed, disconnected));
        }
      }
    }
  }

  private void related(YamlValue value, Set<String> listed, boolean disconnected) {
    if (listed.contains(value.text().orElse(""))) {
      return;
    }
    String message =
        "%s is not in spec.relatedImages, so it is not mirrored%s"
            .formatted(
                value.text().orElse(""),
                disconnected ? ", although the bundle says that it works disconnected" : "");
    if (disconnected) {
      findings.error("related-image-missing", value.place(), message);
    } else {
      findings.warning("related-image-missing", value.place(), message);
    }
  }

  private void inCatalog(Catalog catalog) {
    Optional<YamlValue> blob =
        catalog.bundles().stream().filter(b -> b.text("name").equals(csv.name())).findFirst();
    if (blob.isEmpty()) {
      findings.warning(
          "catalog-without-bundle",
          csv.root().place(),
          csv.name() + " is in no olm.bundle of the catalog");
      return;
    }
    blob.get().get("image").ifPresent(v -> compare(v, "bpfman-operator-bundle"));
    BundleRenderer renderer = new BundleRenderer(bundle);
    same(blob.get(), "properties", renderer.properties());
    same(blob.get(), "relatedImages", renderer.relatedImages(blob.get().text("image")));
    channels(catalog);
  }

  private void same(YamlValue blob, String field, List<Object> rendered) {
    Optional<YamlValue> value = blob.get(field);
    findings.expect(
        value.map(YamlValue::plain).filter(rendered::equals).isPresent(),
        "catalog-drift",
        value.map(YamlValue::place).orElse(blob.place()),
        "%s of %s are not those of the bundle; run update-catalog with --bundle-dir"
            .formatted(field, csv.name()));
  }

  private void channels(Catalog catalog) {
    String text = bundle.annotation("channels.v1").flatMap(YamlValue::text).orElse("");
    Set<String> declared =
        Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
    Set<String> listed =
        catalog.all("olm.channel").stream()
            .filter(
                channel ->
                    channel.items("entries").stream()
                        .anyMatch(entry -> entry.text("name").equals(csv.name())))
            .map(channel -> channel.text("name"))
            .collect(Collectors.toSet());
    if (!declared.equals(listed)) {
      Place place =
          bundle.annotation("channels.v1").map(YamlValue::place).orElse(csv.root().place());
      findings.warning(
          "channel-differs",
          place,
          "the bundle is for channels %s, the catalog has it in %s"
              .formatted(declared.stream().sorted().toList(), listed.stream().sorted().toList()));
    }
  }
}
