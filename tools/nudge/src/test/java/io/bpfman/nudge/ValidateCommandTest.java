package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateCommandTest {
  private static final String CSV =
      "olm/bundle/manifests/bpfman-operator.clusterserviceversion.yaml";
  private static final String INDEX = "olm/catalog/bpfman-operator/index.yaml";
  private static final String ANNOTATIONS = "olm/bundle/metadata/annotations.yaml";
  private static final String CRD = "olm/bundle/manifests/bpfman.io_configs.yaml";
  private static final String PUSH = ".tekton/bpfman-agent-push.yaml";
  private static final String COMPONENTS = "nudge-files/components.yaml";

  private static final String CONTAINERFILE = "k8s/images/bpfman-operator-bundle/Containerfile";

  @TempDir private Path root = Path.of("");

  /** The fixture, brought up to date with the nudge files, beside our own .tekton. */
  @BeforeEach
  void repository() {
    NudgeHarness.fixture(root);
    NudgeHarness.copy(NudgeHarness.project().resolve(".tekton"), root.resolve(".tekton"));
    NudgeHarness.copy(NudgeHarness.project().resolve("k8s"), root.resolve("k8s"));
    Path files = root.resolve("nudge-files");
    NudgeHarness.copy(NudgeHarness.project().resolve("nudge-files"), files);
    for (String name : new String[] {"", "-agent", "-operator", "-operator-bundle"}) {
      NudgeHarness.write(
          files.resolve("bpfman" + name + ".txt"),
          "quay.io/bpfman/bpfman" + name + "@" + NudgeHarness.NEW + "\n");
    }
    run("update-bundle", "--csv-file", CSV);
    run(
        "update-configmap",
        "--configmap-file",
        "olm/bundle/manifests/bpfman-config_v1_configmap.yaml");
    Result catalog =
        NudgeHarness.run(
            "update-catalog",
            "--index-file",
            root.resolve(INDEX).toString(),
            "--bundle-dir",
            root.resolve("olm/bundle").toString(),
            "--nudge-files",
            files.toString());
    assertEquals(0, catalog.code(), catalog.err());
  }

  private void run(String command, String flag, String file) {
    Result result =
        NudgeHarness.run(
            command,
            flag,
            root.resolve(file).toString(),
            "--nudge-files",
            root.resolve("nudge-files").toString());
    assertEquals(0, result.code(), result.err());
  }

  private Result validate(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "validate";
    all[1] = "--root";
    all[2] = root.toString();
    System.arraycopy(more, 0, all, 3, more.length);
    return NudgeHarness.run(all);
  }

  private void replace(String file, String from, String to) {
    String text = NudgeHarness.read(root.resolve(file));
    assertTrue(text.contains(from), file + " has no " + from);
    NudgeHarness.write(root.resolve(file), text.replace(from, to));
  }

  @Test
  void whatTheUpdatesMadeIsValid() {
    Result result = validate();
    assertEquals(0, result.code(), result.out());
    assertTrue(result.out().contains("0 errors, "), result.out());
    assertFalse(result.out().contains("out-of-date"), result.out());
    assertFalse(result.out().contains("drift"), result.out());
  }

  /** File, what is put in place of what, and the rule that must find it, with its line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        CSV + " | type: AllNamespaces | type: OwnNamespace | csv-install-mode-twice",
        CSV + " | supported: true | supported: false | csv-install-modes",
        CSV + " | name: configs.bpfman.io | name: other.bpfman.io | csv-owned-missing",
        CSV + " | '\"kind\": \"Config\"' | '\"kind\": \"Confgi\"' | csv-example-unowned",
        CSV + " | '  version: 0.6.0' | '  version: soon' | csv-version",
        CSV + " | bpfman-operator.v0.6.0 | bpfman-operator.v0.6.1 | csv-name-version",
        CSV + " | minKubeVersion: 1.26.0 | minKubeVersion: new | csv-min-kube-version",
        CSV + " | '  - name: proxy\n    image' | '  - name: proxy\n    other' | image-reference",
        CSV + " | displayName: bpfman Operator | otherName: x | csv-required",
        CRD + " | kind: CustomResourceDefinition | kind: Deployment | bundle-kind",
        CRD + " | apiextensions.k8s.io/v1 | apiextensions.k8s.io/beta | bundle-crd-version",
        CRD + " | name: configs.bpfman.io | name: others.bpfman.io | bundle-crd-unowned",
        ANNOTATIONS + " | registry+v1 | plain+v0 | bundle-annotation-value",
        ANNOTATIONS + " | bundle.package.v1 | bundle.other.v1 | bundle-annotation",
        ANNOTATIONS + " | channels.v1: alpha | channels.v1: stable | channel-differs",
        INDEX + " | defaultChannel: alpha | defaultChannel: beta | catalog-default-channel",
        INDEX + " | '  replaces: bpfman-operator.v0.5.0' | '' | catalog-channel-head",
        INDEX + " | '- name: bpfman-operator.v0.5.0' | '- name: x' | catalog-entry-without-bundle",
        INDEX + " | '    version: 0.5.0' | '    version: 0.9.0' | catalog-replaces-newer",
        INDEX + " | maturity: alpha | maturity: beta | catalog-drift",
        INDEX + " | bundle@sha256:b | bundle@sha256:c | out-of-date",
        INDEX + " | package: bpfman-operator | package: other | catalog-unknown-package",
        INDEX + " | '- type: olm.package' | '- type: olm.packages' | catalog-package-property",
        "nudge-files/bpfman.txt | bpfman/bpfman | bpfman/other | nudge-file-repository",
        "nudge-files/bpfman.txt | sha256:b | sha256:c | out-of-date",
        "nudge-files/bpfman.txt | sha256:bb | sha256:b | unusable",
        PUSH + " | nudge-files/bpfman-agent | nudge-files/bpfman | nudge-without-match",
        PUSH + " | 'event ==' | 'evnt ==' | unusable",
        PUSH + " | bpfman-agent/Containerfile | bpfman-agent/Dockerfile | containerfile-missing",
        PUSH + " | bpfman-agent:{{ | bpfman-other:{{ | output-repository",
        CONTAINERFILE + " | channels.v1=alpha | channels.v1=stable | image-label",
        CONTAINERFILE + " | bundle.package.v1=bpfman-operator | other=x | image-label",
        COMPONENTS + " | '  - bpfman-operator-catalog' | '  - nobody' | nudge-unknown",
        COMPONENTS + " | kind: Component | kind: Thing | unusable",
      })
  void eachBreachIsFoundByItsRule(String file, String from, String to, String rule) {
    replace(file, from, to == null ? "" : to);
    Result result = validate("--strict");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("[" + rule + "]"), result.out() + result.err());
  }

  @Test
  void jsonHasPlaceRuleAndSentenceOfEachFinding() {
    replace("nudge-files/bpfman.txt", "sha256:b", "sha256:");
    Result result = validate("-o", "json");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("\"passed\" : false"), result.out());
    assertTrue(result.out().contains("\"rule\" : \"unusable\""), result.out());
    assertTrue(result.out().contains("\"line\" : 1"), result.out());
    assertTrue(result.out().contains("digits instead of 64"), result.out());
  }

  @Test
  void aBrokenFileHidesNothingInTheOthersAndNothingIsWritten() {
    NudgeHarness.write(root.resolve(CRD), "a: [\n");
    NudgeHarness.write(root.resolve("nudge-files/bpfman.txt"), "");
    Map<String, String> before = new TreeMap<>(NudgeHarness.tree(root));
    Result result = validate();
    assertEquals(1, result.code());
    assertTrue(result.out().contains("bpfman.io_configs.yaml:2: broken YAML"), result.out());
    assertTrue(result.out().contains("bpfman.txt: is empty"), result.out());
    assertEquals(before, NudgeHarness.tree(root));
  }

  @Test
  void missingDirectoriesAreNamed() {
    Result result = validate("--bundle", "nowhere");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("nowhere/manifests: does not exist"), result.out());
    Result none = NudgeHarness.run("validate", "--root", root + "/none");
    assertEquals(2, none.code());
    assertTrue(none.err().contains("/none: is no directory"), none.err());
  }

  @Test
  void everyRuleOfACsvWithTwoVersionsIsCheckedWithoutACrash() {
    NudgeHarness.write(
        root.resolve("olm/bundle/manifests/second.yaml"),
        "kind: ClusterServiceVersion\nmetadata: {name: x}\n");
    Result result = validate();
    String rules =
        result.out().lines().filter(l -> l.startsWith("error")).collect(Collectors.joining("\n"));
    assertTrue(rules.contains("has 2 ClusterServiceVersions"), rules);
  }
}
