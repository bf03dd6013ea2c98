package io.bpfman.nudge.core.rules;

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

/** The format of a bundle, as {@code operator-sdk bundle validate} checks it by default. */
public final class BundleRules {
  private static final Set<String> KINDS =
      Set.of(
          "ClusterServiceVersion",
          "CustomResourceDefinition",
          "Secret",
          "ClusterRole",
          "ClusterRoleBinding",
          "ConfigMap",
          "ServiceAccount",
          "Service",
          "Role",
          "RoleBinding",
          "PrometheusRule",
          "ServiceMonitor",
          "PodMonitor",
          "PodDisruptionBudget",
          "PriorityClass",
          "VerticalPodAutoscaler",
          "ConsoleYAMLSample",
          "ConsoleQuickStart",
          "ConsoleCLIDownload",
          "ConsoleLink",
          "ConsolePlugin",
          "NetworkPolicy");
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
    bundle.manifests().forEach(rules::manifest);
    List<YamlFile> csvs = bundle.csvFiles();
    if (csvs.size() == 1) {
      Csv csv = Csv.of(csvs.getFirst());
      CsvRules.check(csv, rules.findings);
      rules.definitions(csv);
      rules.serviceAccounts(csv);
    } else {
      rules.findings.error(
          "bundle-csv",
          Place.of(bundle.directory()),
          "has %d ClusterServiceVersions; a bundle has exactly one".formatted(csvs.size()));
    }
    return rules.findings.list();
  }

  private void annotations() {
    Place place = bundle.annotations().map(YamlValue::place).orElse(Place.of(bundle.directory()));
    for (String name : REQUIRED) {
      Optional<YamlValue> value = bundle.annotation(name);
      findings.expect(
          value.flatMap(YamlValue::text).filter(text -> !text.isBlank()).isPresent(),
          "bundle-annotation",
          value.map(YamlValue::place).orElse(place),
          "metadata needs the annotation " + Bundle.PREFIX + name);
    }
    expectValue("mediatype.v1", "registry+v1");
    expectValue("manifests.v1", "manifests/");
    expectValue("metadata.v1", "metadata/");
  }

  private void expectValue(String name, String expected) {
    bundle
        .annotation(name)
        .filter(value -> !value.text().orElse("").equals(expected))
        .ifPresent(
            value ->
                findings.error(
                    "bundle-annotation-value",
                    value.place(),
                    "is \"%s\"; expected \"%s\"".formatted(value.text().orElse(""), expected)));
  }

  private void manifest(YamlFile file) {
    if (file.documents().size() != 1) {
      findings.error(
          "bundle-one-document",
          Place.of(file.name()),
          "has %d documents; readers take the first only".formatted(file.documents().size()));
    }
    if (file.documents().isEmpty()) {
      return;
    }
    YamlValue object = file.documents().getFirst();
    String kind = object.text("kind");
    findings.expect(
        KINDS.contains(kind),
        "bundle-kind",
        object.place(),
        "is of kind \"%s\", which a bundle must not hold".formatted(kind));
    findings.expect(
        !kind.equals("CustomResourceDefinition")
            || object.text("apiVersion").startsWith("apiextensions.k8s.io/v1"),
        "bundle-crd-version",
        object.place(),
        "has apiVersion \"%s\"; expected apiextensions.k8s.io/v1"
            .formatted(object.text("apiVersion")));
  }

  private void definitions(Csv csv) {
    Set<String> owned = new HashSet<>();
    for (YamlValue crd : csv.root().items("spec", "customresourcedefinitions", "owned")) {
      owned.add(key(crd.text("name"), crd.text("version")));
    }
    Set<String> present = new HashSet<>();
    bundle
        .objects()
        .filter(object -> object.text("kind").equals("CustomResourceDefinition"))
        .forEach(crd -> definition(crd, owned, present));
    owned.removeAll(present);
    owned.forEach(
        key ->
            findings.error(
                "csv-owned-missing",
                csv.root().place(),
                "owns %s, which is not in the bundle".formatted(key)));
  }

  private void definition(YamlValue crd, Set<String> owned, Set<String> present) {
    for (YamlValue version : crd.items("spec", "versions")) {
      String key = key(crd.text("metadata", "name"), version.text("name"));
      findings.expect(
          present.add(key), "bundle-crd-twice", crd.place(), key + " is in the bundle twice");
    }
    String name = crd.text("metadata", "name");
    findings.expect(
        owned.stream().anyMatch(key -> key.startsWith(name + " ")),
        "bundle-crd-unowned",
        crd.place(),
        name + " is not owned by the ClusterServiceVersion");
  }

  private void serviceAccounts(Csv csv) {
    Set<String> used = new HashSet<>();
    csv.deployments()
        .forEach(d -> used.add(d.text("spec", "template", "spec", "serviceAccountName")));
    bundle
        .objects()
        .filter(object -> object.text("kind").equals("ServiceAccount"))
        .filter(object -> used.contains(object.text("metadata", "name")))
        .forEach(
            object ->
                findings.error(
                    "bundle-service-account",
                    object.place(),
                    "is the account of a deployment, which OLM makes itself; remove it"));
  }

  private static String key(String name, String version) {
    return name + " " + version;
  }
}
