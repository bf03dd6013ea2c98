package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CsvRule;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules for the examples in the annotations of a ClusterServiceVersion. */
final class ExampleRules {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Csv csv;
  private final Findings findings;

  private ExampleRules(Csv csv, Findings findings) {
    this.csv = csv;
    this.findings = findings;
  }

  static void check(Csv csv, Findings findings) {
    new ExampleRules(csv, findings).annotations();
  }

  /** The examples; none when they are missing or no JSON list. */
  static List<JsonNode> read(Csv csv) {
    try {
      String text = csv.annotation("alm-examples").flatMap(YamlValue::text).orElse("[]");
      JsonNode list = JSON.readTree(text);
      return list.isArray() ? list.valueStream().filter(JsonNode::isObject).toList() : List.of();
    } catch (JacksonException notJson) {
      // Said by check already.
      return List.of();
    }
  }

  private void annotations() {
    Optional<YamlValue> alm = csv.annotation("alm-examples");
    Optional<YamlValue> olm = csv.annotation("olm.examples");
    if (alm.isPresent() && olm.isPresent()) {
      findings.add(
          CsvRule.CSV_EXAMPLES_BOTH,
          olm.get().place(),
          "is there beside alm-examples; keep alm-examples");
    }
    Optional<YamlValue> examples = alm.or(() -> olm);
    if (examples.isEmpty()) {
      findings.add(
          CsvRule.CSV_EXAMPLES_MISSING,
          csv.root().place(),
          "has no annotation alm-examples; give an example of each owned kind");
      return;
    }
    parse(examples.get());
  }

  private void parse(YamlValue value) {
    try {
      JsonNode list = JSON.readTree(value.text().orElse(""));
      if (!list.isArray() || !list.valueStream().allMatch(JsonNode::isObject)) {
        findings.add(CsvRule.CSV_EXAMPLES, value.place(), "is no JSON list of objects; write one");
        return;
      }
      examples(value, list);
    } catch (JacksonException e) {
      findings.add(
          CsvRule.CSV_EXAMPLES,
          value.place(),
          "is no JSON (%s); write a list of objects".formatted(e.getOriginalMessage()));
    }
  }

  private void examples(YamlValue place, JsonNode list) {
    Set<String> shown = new HashSet<>();
    list.forEach(example -> shown.add(kind(example)));
    Set<String> owned = new HashSet<>();
    for (YamlValue crd : csv.owned()) {
      owned.add(crdKind(crd));
      findings.expect(
          shown.contains(crdKind(crd)),
          CsvRule.CSV_EXAMPLE_MISSING,
          crd.place(),
          "%s has no example; add one to alm-examples".formatted(crd.text("kind")));
    }
    for (YamlValue api : csv.root().items("spec", "apiservicedefinitions", "owned")) {
      owned.add("%s/%s %s".formatted(api.text("group"), api.text("version"), api.text("kind")));
    }
    shown.stream()
        .filter(kind -> !owned.contains(kind))
        .sorted()
        .forEach(
            kind ->
                findings.add(
                    CsvRule.CSV_EXAMPLE_UNOWNED,
                    place.place(),
                    "has an example of %s, which is not owned; remove it".formatted(kind)));
  }

  private static String kind(JsonNode example) {
    return example.path("apiVersion").asString("") + " " + example.path("kind").asString("");
  }

  private static String crdKind(YamlValue crd) {
    return "%s/%s %s".formatted(Csv.group(crd), crd.text("version"), crd.text("kind"));
  }
}
