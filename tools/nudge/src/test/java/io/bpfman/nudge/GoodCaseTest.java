package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.core.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What must not be found, where a rule lies close to it. */
class GoodCaseTest {
  @TempDir private Path root = Path.of("");
  private ValidRepository repository;

  @BeforeEach
  void repository() {
    repository = ValidRepository.in(root);
  }

  private void manifest(String text) {
    repository.write("olm/bundle/manifests/a.yaml", text);
  }

  @Test
  void bundlesNearTheLimitAreWarnedOfAndLargerOnesRefused() {
    assertEquals(0, repository.count("bundle-large"));
    manifest(configMap(700_000));
    assertEquals(1, repository.count("bundle-large"));
    assertEquals(0, repository.count("bundle-too-large"));
    manifest(configMap(800_000));
    assertEquals(0, repository.count("bundle-large"));
    assertEquals(1, repository.count("bundle-too-large"));
  }

  /** Text that gzip packs to about its bytes: random letters of 64, packed to 6 of 8 bits. */
  private static String configMap(int packed) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < packed * 8 / 6; i++) {
      text.append((char) ('0' + random.nextInt(64)));
    }
    String letters = text.toString().replace('\\', '!').replace('"', '#');
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: \"" + letters + "\"}\n";
  }

  @Test
  void anApiThatALaterKubernetesRemovesIsAWarningOnly() {
    manifest("apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a}\n");
    repository.replace(ValidRepository.CSV, "minKubeVersion: 1.26.0", "minKubeVersion: 1.24.0");
    assertEquals(1, repository.count("bundle-old-api"));
    assertEquals(0, repository.count("bundle-removed-api"));
  }

  @Test
  void anUnlistedImageIsAWarningWhereDisconnectedIsNotPromised() {
    repository.replace(
        ValidRepository.CSV, "io/disconnected: \"true\"", "io/disconnected: \"false\"");
    repository.replace(ValidRepository.CSV, "- image: quay.io/bpfman/bpfman-agent@", "- other: x@");
    assertTrue(repository.count("related-image-missing") > 0);
    assertEquals(0, repository.count("related-image-disconnected"));
  }

  @Test
  void channelsOfTheConventionArePraisedBySilence() {
    repository.replace(ValidRepository.ANNOTATIONS, "alpha", "stable-v1");
    assertEquals(0, repository.count("practice-channel"));
    assertEquals(0, repository.count("bundle-default-channel"));
  }

  @Test
  void aNameWithTheReleaseIsRightWithARelease() {
    repository.replace(ValidRepository.CSV, "version: 0.6.0", "version: 0.6.0\n  release: rc.2");
    repository.replace(
        ValidRepository.CSV, "bpfman-operator.v0.6.0", "bpfman-operator-v0.6.0-rc.2");
    repository.replace(
        ValidRepository.INDEX, "bpfman-operator.v0.6.0", "bpfman-operator-v0.6.0-rc.2");
    repository.renderCatalog();
    assertTrue(NudgeHarness.read(root.resolve(ValidRepository.INDEX)).contains("release: rc.2"));
    for (String rule : new String[] {"csv-release", "csv-name-version", "catalog-release"}) {
      assertEquals(0, repository.count(rule), rule);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ">=0.0.0-0 <0.6.0",
        "<0.6.0",
        ">= 0.1.0 < 0.6.0",
        "0.5.0",
        "=0.5.0",
        "!=0.5.0",
        "!0.5.0",
        ">=0.1.0 <0.2.0 || >=0.3.0 !=0.4.1",
        "0.x",
        "0.5.x",
        "0.x.x"
      })
  void rangesOfBlangSemverAreRanges(String range) {
    repository.replace(
        ValidRepository.INDEX,
        "  replaces: bpfman-operator.v0.5.0",
        "  replaces: bpfman-operator.v0.5.0\n  skipRange: \"" + range + "\"");
    assertEquals(0, repository.count("catalog-skip-range"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "~0.5.0",
        "^0.5.0",
        "0.5",
        "|| 0.5.0",
        "0.5.0 ||",
        "a || 0.5.0",
        "=> 0.5.0",
        "x",
        "0.5.0 - 0.6.0"
      })
  void rangesOfOtherLibrariesAreNone(String range) {
    repository.replace(
        ValidRepository.INDEX,
        "  replaces: bpfman-operator.v0.5.0",
        "  replaces: bpfman-operator.v0.5.0\n  skipRange: \"" + range + "\"");
    assertEquals(1, repository.count("catalog-skip-range"));
  }

  @Test
  void aSchemaMayHaveWhatStructureAllows() {
    repository.replace(
        ValidRepository.CRD,
        "        type: object",
        """
                type: object
                properties:
                  metadata: {type: object, properties: {name: {type: string, pattern: "^a$"}}}
                  port: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], default: 1}
                  any: {x-kubernetes-preserve-unknown-fields: true}
                  map: {type: object, additionalProperties: {type: string}, default: {}}
                  list: {type: array, items: {type: object}, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [a]}
                  none: {type: string, nullable: true, default: null}
                  half: {type: number, default: 0.5, not: {enum: [1]}}
                  flag: {type: boolean, default: true, oneOf: [{enum: [true]}]}\
        """);
    assertEquals(0, repository.count("crd-schema"));
    assertEquals(0, repository.count("crd-default"));
  }

  @Test
  void anOlderDefinitionWithOneVersionIsAnOldApiAndNothingElse() {
    repository.replace(
        ValidRepository.CRD, "apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1");
    String crd = NudgeHarness.read(root.resolve(ValidRepository.CRD));
    repository.write(
        ValidRepository.CRD,
        crd.substring(0, crd.indexOf("  versions:")) + "  version: v1alpha1\n");
    for (String rule : new String[] {"crd-versions", "crd-schema", "bundle-crd-missing"}) {
      assertEquals(0, repository.count(rule), rule);
    }
    assertEquals(1, repository.count("bundle-removed-api"));
  }

  @Test
  void directoriesMayStartWithASlash() {
    repository.replace(ValidRepository.ANNOTATIONS, "manifests/", "/manifests/");
    assertEquals(0, repository.count("bundle-annotation-value"));
  }

  @Test
  void completeDependenciesAreFine() {
    repository.write(
        "olm/bundle/metadata/d.yaml",
        """
        dependencies:
        - {type: olm.package, value: {packageName: a, version: ">=1.0.0 <2.0.0"}}
        - {type: olm.gvk, value: {group: a, kind: B, version: v1}}
        - {type: olm.label, value: {label: a}}
        - type: olm.constraint
          value: {failureMessage: b, package: {packageName: a, versionRange: 1.x}}
        """);
    assertEquals(0, repository.count("bundle-dependency"));
    repository.renderCatalog();
    assertEquals(0, repository.count("catalog-property"));
  }

  @Test
  void whatIsSkippedNeedsNoWayAndEndsTheWay() {
    String entries = "- name: bpfman-operator.v0.5.0\n  replaces: bpfman-operator.v0.6.0-x\n";
    repository.replace(ValidRepository.INDEX, "- name: bpfman-operator.v0.5.0\n", entries);
    repository.replace(
        ValidRepository.INDEX,
        "  replaces: bpfman-operator.v0.5.0\n",
        "  replaces: bpfman-operator.v0.5.0\n  skips: [bpfman-operator.v0.5.0]\n");
    for (String rule :
        new String[] {"catalog-stranded", "catalog-channel-head", "catalog-channel-cycle"}) {
      assertEquals(0, repository.count(rule), rule);
    }
  }

  @Test
  void deprecationsOfWhatIsThereAreFine() {
    repository.replace(
        ValidRepository.INDEX,
        "---\nentries",
        """
        ---
        schema: olm.deprecations
        package: bpfman-operator
        entries:
        - {reference: {schema: olm.package}, message: a}
        - {reference: {schema: olm.channel, name: alpha}, message: a}
        - {reference: {schema: olm.bundle, name: bpfman-operator.v0.5.0}, message: a}
        ---
        entries""");
    assertEquals(0, repository.validate().code(), repository.validate().out());
  }

  @Test
  void anAllNamespacesOperatorMayConvert() {
    repository.replace(
        ValidRepository.CSV,
        "  maturity:",
        "  webhookdefinitions: [{type: ConversionWebhook, conversionCRDs: [configs.bpfman.io]}]\n"
            + "  maturity:");
    assertEquals(0, repository.count("csv-conversion-webhook"));
  }

  @Test
  void objectsThatLeaveOthersAloneAreFine() {
    manifest(
        "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: a}\n"
            + "spec: {maxUnavailable: 1}\n");
    repository.write(
        "olm/bundle/manifests/b.yaml",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: "system:a"}
        rules:
        - {apiGroups: [security.openshift.io], resources: [securitycontextconstraints], resourceNames: [privileged], verbs: [use]}
        """);
    assertEquals(0, repository.validate().code(), repository.validate().out());
  }

  /** As {@code opm render} writes them; opm itself reads YAML behind them, too. */
  @Test
  void catalogsOfJsonObjectsOneAfterAnotherAreRead() throws IOException {
    Path yaml = repository.path(ValidRepository.INDEX);
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    List<String> objects =
        YamlFile.parse("index.yaml", NudgeHarness.read(yaml)).documents().stream()
            .map(object -> mapper.writeValueAsString(object.plain()))
            .toList();
    Files.delete(yaml);
    String file = "olm/catalog/bpfman-operator/catalog.json";
    repository.write(file, String.join("\n", objects) + "\n");
    assertEquals(0, repository.validate().code(), repository.validate().out());
    repository.write(file, String.join("", objects) + "\n---\nschema: olm.other\n");
    assertEquals(0, repository.validate().code(), repository.validate().out());

    repository.write(file, String.join("\n", objects) + "\n{\"name\": \"x\"}");
    long line = String.join("\n", objects).lines().count() + 1;
    String told = repository.validate().out();
    assertTrue(told.contains("catalog.json:" + line + ": has no schema"), told);
  }

  @Test
  void catalogsLeaveOutWhatIndexignoreNames() {
    repository.write("olm/catalog/bpfman-operator/notes.md", "a: [\n");
    assertEquals(1, repository.count("unusable"));
    repository.write("olm/catalog/bpfman-operator/.indexignore", "*.md\n");
    assertEquals(0, repository.count("unusable"));
  }
}
