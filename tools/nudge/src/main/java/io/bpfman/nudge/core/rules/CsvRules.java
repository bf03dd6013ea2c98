package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules for a ClusterServiceVersion alone. */
final class CsvRules {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String[]> REQUIRED =
      List.of(
          new String[] {"apiVersion"},
          new String[] {"metadata", "name"},
          new String[] {"spec", "displayName"},
          new String[] {"spec", "install", "strategy"},
          new String[] {"spec", "install", "spec", "deployments"});

  private final Csv csv;
  private final YamlValue root;
  private final Findings findings;

  private CsvRules(Csv csv, Findings findings) {
    this.csv = csv;
    this.root = csv.root();
    this.findings = findings;
  }

  static void check(Csv csv, Findings findings) {
    CsvRules rules = new CsvRules(csv, findings);
    rules.required();
    rules.names();
    rules.installModes();
    rules.examples();
    rules.owned();
    rules.images();
    rules.jsonAnnotation("operatorframework.io/suggested-namespace-template");
  }

  private void required() {
    for (String[] field : REQUIRED) {
      findings.expect(
          root.get(field).isPresent(),
          "csv-required",
          root.place(),
          "has no " + String.join(".", field));
    }
  }

  private void names() {
    String name = csv.name();
    findings.expect(
        name.length() <= 63 && name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?"),
        "csv-name",
        root.place(),
        "has the name \"%s\"; at most 63 of a-z, 0-9, - and . are allowed".formatted(name));
    findings.expect(
        Version.of(csv.version()).isPresent(),
        "csv-version",
        root.get("spec", "version").map(YamlValue::place).orElse(root.place()),
        "\"%s\" is no semantic version".formatted(csv.version()));
    if (!name.endsWith(".v" + csv.version())) {
      findings.warning(
          "csv-name-version",
          root.place(),
          "has the name \"%s\", but version %s".formatted(name, csv.version()));
    }
    String minimum = root.text("spec", "minKubeVersion");
    if (minimum.isEmpty()) {
      findings.warning("csv-min-kube-version", root.place(), "has no spec.minKubeVersion");
    } else {
      findings.expect(
          Version.of(minimum).isPresent(),
          "csv-min-kube-version",
          root.get("spec", "minKubeVersion").orElseThrow().place(),
          "\"%s\" is no semantic version".formatted(minimum));
    }
  }

  private void installModes() {
    Set<String> types = new HashSet<>();
    boolean supported = false;
    for (YamlValue mode : root.items("spec", "installModes")) {
      supported |= mode.text("supported").equals("true");
      findings.expect(
          types.add(mode.text("type")),
          "csv-install-mode-twice",
          mode.place(),
          "%s is there twice".formatted(mode.text("type")));
    }
    findings.expect(
        supported, "csv-install-modes", root.place(), "supports none of spec.installModes");
  }

  private void examples() {
    var examples = root.get("metadata", "annotations", "alm-examples");
    if (examples.isEmpty()) {
      findings.warning("csv-examples", root.place(), "has no annotation alm-examples");
      return;
    }
    YamlValue value = examples.get();
    try {
      JsonNode list = JSON.readTree(value.text().orElse(""));
      if (!list.isArray()) {
        findings.error("csv-examples", value.place(), "is no JSON list of objects");
        return;
      }
      Set<String> kinds = new HashSet<>();
      list.forEach(example -> kinds.add(example(value, example)));
      owned("owned").stream()
          .filter(crd -> !kinds.contains(crd.text("kind")))
          .forEach(
              crd ->
                  findings.warning(
                      "csv-example-missing",
                      crd.place(),
                      crd.text("kind") + " has no example in alm-examples"));
    } catch (JacksonException e) {
      findings.error("csv-examples", value.place(), "is no JSON: " + e.getOriginalMessage());
    }
  }

  private String example(YamlValue place, JsonNode example) {
    String kind = example.path("kind").asString("");
    String version = example.path("apiVersion").asString("");
    findings.expect(
        owned("owned").stream()
            .anyMatch(crd -> crd.text("kind").equals(kind) && version.equals(group(crd))),
        "csv-example-unowned",
        place.place(),
        "has an example of %s %s, which is not owned".formatted(version, kind));
    return kind;
  }

  private static String group(YamlValue crd) {
    String name = crd.text("name");
    return name.substring(name.indexOf('.') + 1) + "/" + crd.text("version");
  }

  private void owned() {
    for (YamlValue crd : owned("owned")) {
      findings.expect(
          crd.text("name").matches("[a-z0-9-]+(\\.[a-z0-9-]+)+"),
          "csv-owned-name",
          crd.place(),
          "\"%s\" is not plural.group".formatted(crd.text("name")));
    }
  }

  private List<YamlValue> owned(String which) {
    return root.items("spec", "customresourcedefinitions", which);
  }

  private void images() {
    for (YamlValue entry : csv.relatedImages()) {
      image(entry, entry.text("image"));
    }
    csv.containers().forEach(container -> image(container, container.text("image")));
  }

  private void image(YamlValue place, String image) {
    try {
      ImageReference reference = ImageReference.parse(image);
      if (reference.digest().isEmpty()) {
        findings.warning(
            "image-unpinned", place.place(), "%s is not pinned by a digest".formatted(image));
      }
    } catch (InvalidReferenceException e) {
      findings.error("image-reference", place.place(), String.valueOf(e.getMessage()));
    }
  }

  private void jsonAnnotation(String name) {
    root.get("metadata", "annotations", name)
        .ifPresent(
            value -> {
              try {
                JSON.readTree(value.text().orElse(""));
              } catch (JacksonException e) {
                findings.error(
                    "csv-annotation-json", value.place(), "is no JSON: " + e.getOriginalMessage());
              }
            });
  }
}
