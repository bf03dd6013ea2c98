package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CsvRule;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Every image of a bundle is a reference, pinned by a digest. Images are where Conforma's policy
 * looks for them (olm.rego): related images, containers, variables named RELATED_IMAGE_, and
 * references in annotations; and where the operator looks: its own variables, and ConfigMaps.
 */
final class ImageRules {
  private final Csv csv;
  private final Findings findings;
  private final Set<String> told = new LinkedHashSet<>();

  private ImageRules(Csv csv, Findings findings) {
    this.csv = csv;
    this.findings = findings;
  }

  static void check(Bundle bundle, Csv csv, Findings findings) {
    ImageRules rules = new ImageRules(csv, findings);
    csv.relatedImages().forEach(entry -> rules.image(entry, entry.text("image")));
    csv.containers().forEach(rules::container);
    for (Operand operand : Operand.values()) {
      bundle.configured(operand).forEach(value -> rules.image(value, value.text().orElse("")));
    }
    rules.annotations();
  }

  private void container(YamlValue container) {
    image(container, container.text("image"));
    container.items("env").stream()
        .filter(variable -> Operand.isImage(variable.text("name")))
        .flatMap(variable -> variable.get("value").stream())
        .forEach(value -> image(value, value.text().orElse("")));
  }

  private void annotations() {
    csv.annotations().values().forEach(this::words);
  }

  /** Words of an annotation that are references: with a registry's host, and a tag or a digest. */
  private void words(YamlValue annotation) {
    for (String word : annotation.text().orElse("").split("[,;\\s]+", -1)) {
      if (word.matches("[a-z0-9.-]+\\.[a-z0-9.-]+(?::[0-9]+)?/.+")) {
        ImageReference.find(word)
            .filter(reference -> !reference.tag().isEmpty() && reference.digest().isEmpty())
            .ifPresent(reference -> unpinned(annotation, word));
      }
    }
  }

  private void image(YamlValue place, String image) {
    try {
      if (ImageReference.parse(image).digest().isEmpty()) {
        unpinned(place, image);
      }
    } catch (InvalidReferenceException e) {
      findings.add(CsvRule.IMAGE_REFERENCE, place.place(), String.valueOf(e.getMessage()));
    }
  }

  /** Once for each image: it is in several places. */
  private void unpinned(YamlValue place, String image) {
    if (told.add(image)) {
      findings.add(
          CsvRule.IMAGE_UNPINNED,
          place.place(),
          "%s is not pinned by a digest; write repository@sha256:...".formatted(image));
    }
  }
}
