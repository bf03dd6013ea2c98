package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CrossRule;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.nudge.NudgeFile;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules between nudge files and bundle, which operator-sdk does not check. */
public final class CrossRules {
  private final Bundle bundle;
  private final Csv csv;
  private final Findings findings = new Findings();
  private final NudgedImages nudged;

  private CrossRules(Bundle bundle, List<NudgeFile> nudges) {
    this.bundle = bundle;
    this.csv = bundle.csv();
    this.nudged = new NudgedImages(nudges, findings);
  }

  /** Every finding. */
  public static List<Finding> bundle(Bundle bundle, List<NudgeFile> nudges) {
    CrossRules rules = new CrossRules(bundle, nudges);
    rules.operator();
    rules.operands();
    rules.relatedImages();
    nudges.forEach(rules::used);
    return rules.findings.list();
  }

  private void operator() {
    Optional<YamlValue> annotation = csv.containerImage();
    if (annotation.isEmpty()) {
      findings.add(
          CrossRule.CSV_CONTAINER_IMAGE_MISSING,
          csv.root().place(),
          "has no annotation containerImage; write the image of the operator");
      return;
    }
    String image = annotation.get().text().orElse("");
    findings.expect(
        csv.containers().stream().anyMatch(c -> c.text("image").equals(image)),
        CrossRule.CSV_CONTAINER_IMAGE,
        annotation.get().place(),
        "is %s, which no container runs; write the image of the operator".formatted(image));
    nudged.compare(annotation.get(), Operand.OPERATOR.component());
  }

  private void operands() {
    for (YamlValue container : csv.containers()) {
      for (YamlValue variable : container.items("env")) {
        Arrays.stream(Operand.values())
            .filter(operand -> operand.variables().contains(variable.text("name")))
            .forEach(
                operand ->
                    variable.get("value").ifPresent(v -> nudged.compare(v, operand.component())));
      }
    }
    for (Operand operand : Operand.values()) {
      bundle.configured(operand).forEach(value -> nudged.compare(value, operand.component()));
    }
    bundle.images().forEach(nudged::compareByRepository);
    csv.relatedImages().stream()
        .flatMap(entry -> entry.get("image").stream())
        .forEach(nudged::compareByRepository);
  }

  private void relatedImages() {
    Set<String> listed =
        csv.relatedImages().stream().map(e -> e.text("image")).collect(Collectors.toSet());
    boolean disconnected =
        csv.root()
            .text("metadata", "annotations", "features.operators.openshift.io/disconnected")
            .equals("true");
    bundle.images().stream()
        .filter(value -> !listed.contains(value.text().orElse("")))
        .forEach(value -> unlisted(value, disconnected));
  }

  private void unlisted(YamlValue value, boolean disconnected) {
    findings.add(
        disconnected ? CrossRule.RELATED_IMAGE_DISCONNECTED : CrossRule.RELATED_IMAGE_MISSING,
        value.place(),
        "%s is not in spec.relatedImages, so it is not mirrored%s; add it"
            .formatted(
                value.text().orElse(""),
                disconnected ? ", although the bundle says that it works disconnected" : ""));
  }

  private void used(NudgeFile nudge) {
    findings.expect(
        Operand.isUpdated(nudge.component()),
        CrossRule.NUDGE_FILE_UNUSED,
        nudge.place(),
        "is of %s, whose image no update puts anywhere; remove the file"
            .formatted(nudge.component()));
  }
}
