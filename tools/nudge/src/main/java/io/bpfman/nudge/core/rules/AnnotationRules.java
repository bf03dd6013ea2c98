package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CsvRule;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules for annotations that OLM, OpenShift's console or Conforma read. */
final class AnnotationRules {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FEATURES = "features.operators.openshift.io/";
  private static final List<String> REQUIRED_FEATURES =
      List.of(
          "disconnected",
          "fips-compliant",
          "proxy-aware",
          "tls-profiles",
          "token-auth-aws",
          "token-auth-azure",
          "token-auth-gcp");
  private static final Set<String> OLM =
      Set.of(
          "olm.operatorGroup",
          "olm.operatorNamespace",
          "olm.targetNamespaces",
          "olm.providedAPIs",
          "olm.skipRange");

  private final Map<String, YamlValue> annotations;
  private final Findings findings;

  private AnnotationRules(Map<String, YamlValue> annotations, Findings findings) {
    this.annotations = annotations;
    this.findings = findings;
  }

  static void check(Csv csv, Findings findings) {
    AnnotationRules rules = new AnnotationRules(csv.annotations(), findings);
    rules.olm();
    rules.features(csv);
    rules
        .annotation("operatorframework.io/suggested-namespace-template")
        .ifPresent(rules::namespace);
    rules.annotation("operators.openshift.io/valid-subscription").ifPresent(rules::subscription);
  }

  private Optional<YamlValue> annotation(String name) {
    return Optional.ofNullable(annotations.get(name));
  }

  private void olm() {
    Map<String, String> known =
        OLM.stream().collect(Collectors.toMap(key -> key.toLowerCase(Locale.ROOT), key -> key));
    annotations.forEach(
        (name, value) -> {
          String right = known.getOrDefault(name.toLowerCase(Locale.ROOT), name);
          findings.expect(
              name.equals(right),
              CsvRule.CSV_ANNOTATION_CASE,
              value.place(),
              "OLM does not know %s; write %s".formatted(name, right));
        });
    annotation("olm.properties")
        .ifPresent(
            value ->
                findings.add(
                    CsvRule.CSV_OLM_PROPERTIES,
                    value.place(),
                    "is not read by all of OLM; write the properties to metadata/properties.yaml"));
    annotation("olm.skipRange")
        .ifPresent(
            value ->
                VersionRange.problem(value.text().orElse(""))
                    .ifPresent(why -> findings.add(CsvRule.CSV_SKIP_RANGE, value.place(), why)));
  }

  private void features(Csv csv) {
    annotations.forEach(
        (name, value) ->
            findings.expect(
                !name.startsWith(FEATURES)
                    || Set.of("true", "false").contains(value.text().orElse("")),
                CsvRule.CSV_FEATURE,
                value.place(),
                "is \"%s\"; write \"true\" or \"false\"".formatted(value.text().orElse(""))));
    List<String> missing =
        REQUIRED_FEATURES.stream().filter(f -> !annotations.containsKey(FEATURES + f)).toList();
    findings.expect(
        missing.isEmpty(),
        CsvRule.CSV_FEATURE_MISSING,
        csv.root().get("metadata", "annotations").orElse(csv.root()).place(),
        "has no annotations %s%s; say \"true\" or \"false\" for each".formatted(FEATURES, missing));
  }

  private void namespace(YamlValue value) {
    try {
      JSON.readTree(value.text().orElse(""));
    } catch (JacksonException e) {
      findings.add(
          CsvRule.CSV_ANNOTATION_JSON,
          value.place(),
          "is no JSON (%s); write a Namespace".formatted(e.getOriginalMessage()));
    }
  }

  private void subscription(YamlValue value) {
    findings.expect(
        words(value.text().orElse("")),
        CsvRule.CSV_SUBSCRIPTION,
        value.place(),
        "is no JSON list of different words; write one such as [\"None required\"]");
  }

  private static boolean words(String text) {
    try {
      JsonNode list = JSON.readTree(text);
      return list.isArray()
          && !list.isEmpty()
          && list.valueStream().allMatch(JsonNode::isString)
          && list.valueStream().map(JsonNode::asString).distinct().count() == list.size();
    } catch (JacksonException notJson) {
      return false;
    }
  }
}
