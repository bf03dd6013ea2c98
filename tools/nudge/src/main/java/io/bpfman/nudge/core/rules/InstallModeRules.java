package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CsvRule;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules for {@code spec.installModes}, and for the webhooks that restrict them. */
final class InstallModeRules {
  private static final String ALL = "AllNamespaces";
  private static final Set<String> TYPES =
      Set.of("OwnNamespace", "SingleNamespace", "MultiNamespace", ALL);

  private final Csv csv;
  private final Findings findings;
  private final Set<String> supported = new HashSet<>();

  private InstallModeRules(Csv csv, Findings findings) {
    this.csv = csv;
    this.findings = findings;
  }

  static void check(Csv csv, Findings findings) {
    InstallModeRules rules = new InstallModeRules(csv, findings);
    rules.modes();
    rules.conversions();
  }

  private void modes() {
    Set<String> types = new HashSet<>();
    for (YamlValue mode : csv.root().items("spec", "installModes")) {
      String type = mode.text("type");
      if (mode.text("supported").equals("true")) {
        supported.add(type);
      }
      findings.expect(
          TYPES.contains(type),
          CsvRule.CSV_INSTALL_MODE_TYPE,
          mode.place(),
          "\"%s\" is no install mode; write one of %s"
              .formatted(type, TYPES.stream().sorted().toList()));
      findings.expect(
          types.add(type),
          CsvRule.CSV_INSTALL_MODE_TWICE,
          mode.place(),
          "%s is there twice; remove one".formatted(type));
    }
    findings.expect(
        !supported.isEmpty(),
        CsvRule.CSV_INSTALL_MODES,
        csv.root().get("spec", "installModes").orElse(csv.root()).place(),
        "supports no install mode; set supported: true for one");
  }

  private void conversions() {
    List<String> owned = csv.owned().stream().map(crd -> crd.text("name")).toList();
    for (YamlValue webhook : csv.root().items("spec", "webhookdefinitions")) {
      List<YamlValue> converted = webhook.items("conversionCRDs");
      boolean converts = !converted.isEmpty() || webhook.text("type").equals("ConversionWebhook");
      findings.expect(
          !converts || supported.equals(Set.of(ALL)),
          CsvRule.CSV_CONVERSION_WEBHOOK,
          webhook.place(),
          "converts objects of the whole cluster; support %s and no other install mode"
              .formatted(ALL));
      for (YamlValue name : converted) {
        findings.expect(
            owned.contains(name.text().orElse("")),
            CsvRule.CSV_CONVERSION_WEBHOOK,
            name.place(),
            "%s is not owned; convert owned definitions only".formatted(name.text().orElse("")));
      }
    }
  }
}
