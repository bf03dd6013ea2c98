package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CsvRule;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.List;

/** Rules for a ClusterServiceVersion alone: fields, names and versions. */
final class CsvRules {
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

  /** {@code packageName} is empty when the bundle does not say it. */
  static void check(Csv csv, String packageName, Findings findings) {
    CsvRules rules = new CsvRules(csv, findings);
    rules.required();
    rules.name();
    rules.version();
    rules.release(packageName);
    rules.replaces();
    rules.minKubeVersion();
    rules.owned();
    InstallModeRules.check(csv, findings);
    ExampleRules.check(csv, findings);
    AnnotationRules.check(csv, findings);
  }

  private void required() {
    for (String[] field : REQUIRED) {
      findings.expect(
          root.get(field).filter(CsvRules::filled).isPresent(),
          CsvRule.CSV_REQUIRED,
          root.place(),
          "has no %s, which is needed".formatted(String.join(".", field)));
    }
  }

  private static boolean filled(YamlValue value) {
    return value.isList() ? !value.items().isEmpty() : !value.text().orElse("").isBlank();
  }

  private void name() {
    String name = csv.name();
    findings.expect(
        KubernetesNames.csv(name),
        CsvRule.CSV_NAME,
        at("metadata", "name"),
        "\"%s\" is no name; write at most 63 of a-z, 0-9, - and single dots".formatted(name));
    findings.expect(
        !csv.release().isEmpty() || name.endsWith(".v" + csv.version()),
        CsvRule.CSV_NAME_VERSION,
        at("metadata", "name"),
        "\"%s\" does not end with .v%s, the version".formatted(name, csv.version()));
  }

  private void version() {
    findings.expect(
        Version.of(csv.version()).isPresent(),
        CsvRule.CSV_VERSION,
        at("spec", "version"),
        "\"%s\" is no semantic version; write one such as 1.2.3".formatted(csv.version()));
  }

  private void release(String packageName) {
    if (!csv.release().isEmpty()) {
      Releases.problem(packageName, csv.version(), csv.release(), csv.name())
          .ifPresent(problem -> findings.add(CsvRule.CSV_RELEASE, at("spec", "release"), problem));
    }
  }

  private void replaces() {
    String replaced = root.text("spec", "replaces");
    if (replaced.isEmpty()) {
      return;
    }
    findings.expect(
        KubernetesNames.csv(replaced),
        CsvRule.CSV_REPLACES,
        at("spec", "replaces"),
        "\"%s\" is no name; write the metadata.name of the version before".formatted(replaced));
    var own = Version.of(csv.version());
    var other = Version.ofName(replaced);
    findings.expect(
        own.isEmpty() || other.isEmpty() || own.get().compareTo(other.get()) > 0,
        CsvRule.CSV_REPLACES_NEWER,
        at("spec", "replaces"),
        "%s is not older than %s; name an older version".formatted(replaced, csv.version()));
  }

  private void minKubeVersion() {
    String minimum = root.text("spec", "minKubeVersion");
    if (minimum.isBlank()) {
      findings.add(
          CsvRule.CSV_MIN_KUBE_VERSION_MISSING,
          root.place(),
          "has no spec.minKubeVersion; without it any cluster is tried");
      return;
    }
    findings.expect(
        Version.of(minimum).isPresent(),
        CsvRule.CSV_MIN_KUBE_VERSION,
        at("spec", "minKubeVersion"),
        "\"%s\" is no semantic version; write one such as 1.28.0".formatted(minimum));
  }

  private void owned() {
    for (YamlValue crd : csv.owned()) {
      String name = crd.text("name");
      findings.expect(
          KubernetesNames.subdomain(name) && name.contains("."),
          CsvRule.CSV_OWNED_NAME,
          crd.place(),
          "\"%s\" is not plural.group; write the name of the definition".formatted(name));
    }
  }

  private Place at(String... field) {
    return root.get(field).map(YamlValue::place).orElse(root.place());
  }
}
