package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.BundleRule;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules between the definitions of a bundle and those that its operator owns. */
final class DefinitionRules {
  private final Findings findings;
  private final Map<String, YamlValue> owned = new HashMap<>();
  private final Set<String> ownedKinds = new HashSet<>();
  private final Set<String> present = new HashSet<>();

  private DefinitionRules(Findings findings) {
    this.findings = findings;
  }

  static void check(Bundle bundle, Csv csv, Findings findings) {
    DefinitionRules rules = new DefinitionRules(findings);
    csv.owned().forEach(rules::owned);
    List<YamlValue> definitions = bundle.objects("CustomResourceDefinition").toList();
    definitions.forEach(rules::defined);
    definitions.stream()
        .filter(crd -> crd.text("apiVersion").equals("apiextensions.k8s.io/v1"))
        .forEach(crd -> CrdRules.check(crd, findings));
    rules.missing();
    rules.serviceAccounts(bundle, csv);
  }

  private void owned(YamlValue crd) {
    String name = crd.text("name");
    String kind = Csv.group(crd) + " " + crd.text("kind");
    owned.put(kind + " " + crd.text("version"), crd);
    ownedKinds.add(name + " " + kind);
  }

  private void defined(YamlValue crd) {
    String kind = crd.text("spec", "group") + " " + crd.text("spec", "names", "kind");
    for (YamlValue version : crd.items("spec", "versions")) {
      defined(kind + " " + version.text("name"), version);
    }
    if (crd.get("spec", "versions").isEmpty()) {
      // A definition of apiextensions.k8s.io/v1beta1 may have one version without a list.
      defined(kind + " " + crd.text("spec", "version"), crd);
    }
    String name = crd.text("metadata", "name");
    findings.expect(
        ownedKinds.contains(name + " " + kind),
        BundleRule.BUNDLE_CRD_UNOWNED,
        crd.place(),
        "%s (%s) is not owned; list it in spec.customresourcedefinitions.owned"
            .formatted(name, kind));
  }

  private void defined(String key, YamlValue place) {
    findings.expect(
        present.add(key),
        BundleRule.BUNDLE_CRD_TWICE,
        place.place(),
        "defines %s a second time; remove one".formatted(key));
  }

  private void missing() {
    owned.forEach(
        (key, crd) ->
            findings.expect(
                present.contains(key),
                BundleRule.BUNDLE_CRD_MISSING,
                crd.place(),
                "owns %s, which is not in the bundle; add its definition".formatted(key)));
  }

  private void serviceAccounts(Bundle bundle, Csv csv) {
    Set<String> used = new HashSet<>();
    csv.deployments()
        .forEach(d -> used.add(d.text("spec", "template", "spec", "serviceAccountName")));
    bundle
        .objects("ServiceAccount")
        .filter(object -> used.contains(object.text("metadata", "name")))
        .forEach(
            object ->
                findings.add(
                    BundleRule.BUNDLE_SERVICE_ACCOUNT,
                    object.place(),
                    "is the account of a deployment, which OLM makes itself; remove it"));
  }
}
