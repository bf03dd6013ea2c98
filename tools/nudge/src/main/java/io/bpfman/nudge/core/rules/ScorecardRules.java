package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.AdviceRule;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the scorecard's tests named olm- ask of files; the scorecard itself needs a cluster. */
final class ScorecardRules {
  private final Csv csv;
  private final Findings findings;

  private ScorecardRules(Csv csv, Findings findings) {
    this.csv = csv;
    this.findings = findings;
  }

  static void check(Bundle bundle, Csv csv, Findings findings) {
    ScorecardRules rules = new ScorecardRules(csv, findings);
    bundle.scorecard().forEach(rules::configuration);
    csv.owned().forEach(rules::resources);
    ExampleRules.read(csv).forEach(rules::example);
  }

  private void configuration(YamlFile file) {
    for (YamlValue document : file.documents()) {
      boolean good =
          document.text("kind").equals("Configuration")
              && document.text("apiVersion").startsWith("scorecard.operatorframework.io/")
              && document.items("stages").stream()
                  .flatMap(stage -> stage.items("tests").stream())
                  .allMatch(
                      test -> !test.text("image").isBlank() && test.get("entrypoint").isPresent());
      findings.expect(
          good,
          AdviceRule.SCORECARD_CONFIG,
          document.place(),
          "is no Configuration whose tests have image and entrypoint; write one");
    }
  }

  private void resources(YamlValue crd) {
    findings.expect(
        !crd.items("resources").isEmpty(),
        AdviceRule.SCORECARD_RESOURCES,
        crd.place(),
        "%s lists no resources; name the objects that it makes".formatted(crd.text("kind")));
  }

  private void example(JsonNode example) {
    String kind = example.path("kind").asString("");
    Optional<YamlValue> owned =
        csv.owned().stream().filter(crd -> crd.text("kind").equals(kind)).findFirst();
    if (owned.isPresent()) {
      described(owned.get(), "specDescriptors", example.path("spec"));
      described(owned.get(), "statusDescriptors", example.path("status"));
    }
  }

  private void described(YamlValue crd, String descriptors, JsonNode fields) {
    Set<String> paths =
        crd.items(descriptors).stream()
            .map(descriptor -> descriptor.text("path"))
            .collect(Collectors.toSet());
    fields
        .propertyNames()
        .forEach(
            field ->
                findings.expect(
                    paths.contains(field),
                    AdviceRule.SCORECARD_DESCRIPTORS,
                    crd.place(),
                    "has no entry of %s for %s, which its example sets; describe it"
                        .formatted(descriptors, field)));
  }
}
