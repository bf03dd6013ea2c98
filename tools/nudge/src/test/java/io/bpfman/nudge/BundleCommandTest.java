package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleCommandTest {
  private static final String CSV = "manifests/op.clusterserviceversion.yaml";

  @TempDir private Path root;

  @BeforeEach
  void source() {
    NudgeHarness.copy(
        NudgeHarness.project().resolve("tools/nudge/src/test/resources/generate"), root);
  }

  @Test
  void objectsGoWhereOlmExpectsThem() {
    assertEquals(0, bundle().code());
    Map<String, String> files = NudgeHarness.tree(root.resolve("out"));
    assertEquals(
        "[manifests/example.io_things.yaml, manifests/members_v1_service.yaml, "
            + CSV
            + ", manifests/own_networking.k8s.io_v1_networkpolicy.yaml,"
            + " manifests/viewer_rbac.authorization.k8s.io_v1_clusterrole.yaml,"
            + " metadata/annotations.yaml, tests/scorecard/config.yaml]",
        files.keySet().toString());
    assertFalse(files.get("manifests/members_v1_service.yaml").contains("namespace:"));
  }

  @Test
  void theDeploymentIsPinnedAndRunsUnderAnyUserId() {
    bundle();
    String csv = csv();
    assertTrue(csv.contains("image: quay.io/bpfman/bpfman-operator@sha256:1111"), csv);
    assertTrue(csv.contains("containerImage: quay.io/bpfman/bpfman-operator@sha256:1111"), csv);
    assertTrue(
        csv.contains(
            "name: BPFMAN_IMG\n                  value: quay.io/bpfman/bpfman@sha256:3333"),
        csv);
    assertFalse(csv.contains(":latest"), csv);
    assertFalse(csv.contains("runAsUser"), csv);
    assertTrue(csv.contains("runAsNonRoot: true"), csv);
  }

  @Test
  void everyImageIsRelated() {
    bundle();
    String related = csv().replaceAll("(?s).*\n  relatedImages:", "");
    for (String image : new String[] {"bpfman-operator@", "bpfman-agent@", "bpfman@", "other@"}) {
      assertTrue(related.contains("image: quay.io/bpfman/" + image), related);
    }
  }

  @Test
  void rightsOfTheOperatorAreFoldedInOnceEach() {
    bundle();
    String csv = csv();
    assertEquals(2, csv.split("- leases", -1).length, csv);
    assertTrue(csv.contains("serviceAccountName: op-account"), csv);
    assertFalse(csv.contains("resourceVersion"), csv);
  }

  @Test
  void theWebhookIsDescribedAndItsCertificateIsTheOneOfOlm() {
    bundle();
    String csv = csv();
    assertTrue(csv.contains("generateName: check.example.io"), csv);
    assertTrue(csv.contains("targetPort: 9443"), csv);
    assertTrue(csv.contains("value: /tmp/k8s-webhook-server/serving-certs"), csv);
    assertFalse(csv.contains("matchConditions"), csv);
  }

  @Test
  void theOrderOfTheInputDoesNotMatter() {
    bundle();
    Map<String, String> before = NudgeHarness.tree(root.resolve("out"));
    edit("in/kustomization.yaml", "  - a.yaml\n  - b.yaml", "  - b.yaml\n  - a.yaml");
    assertEquals(0, bundle("--check").code());
    assertEquals(before, NudgeHarness.tree(root.resolve("out")));
  }

  @Test
  void checkWritesNothingAndNamesWhatDiffers() throws Exception {
    bundle();
    Path service = root.resolve("out/manifests/members_v1_service.yaml");
    Files.writeString(service, "# Made by `make bundle`.\nchanged: true\n");
    Result result = bundle("--check");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("members_v1_service.yaml: not as generated"), result.out());
    assertTrue(NudgeHarness.read(service).contains("changed"));
    assertEquals(0, bundle().code());
    assertFalse(NudgeHarness.read(service).contains("changed"));
  }

  @Test
  void whatAnEarlierRunMadeIsRemovedButNothingElse() {
    bundle();
    Path stale = root.resolve("out/manifests/gone.yaml");
    NudgeHarness.write(stale, "# Made by `make bundle`.\nkind: Service\n");
    assertEquals(0, bundle().code());
    assertFalse(Files.exists(stale));
    NudgeHarness.write(stale, "kind: Service\n");
    Result result = bundle();
    assertEquals(2, result.code());
    assertTrue(result.err().contains("was not generated"), result.err());
    assertTrue(Files.exists(stale));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          in/b.yaml            | kind: NetworkPolicy  | kind: Ingress             | a bundle has no place
          in/a.yaml            | things.example.io    | others.example.io         | is not described
          in/b.yaml            | name: leader}        | name: nobody}             | which is not there
          in/a.yaml            | kind: Deployment     | kind: ServiceAccount      | 0 Deployments
          in/a.yaml            | BPFMAN_IMG           | ELSEWHERE                 | uses quay.io/bpfman/bpfman@
          in/a.yaml            | bpfman-operator:latest | strange:latest          | uses quay.io/bpfman/bpfman-operator@
          in/b.yaml            | port: 443            | port: 444                 | has no port 443
          in/kustomization.yaml | namespace: x        | namePrefix: x             | is not applied here
          in/kustomization.yaml | - b.yaml            | - a.yaml                  | is listed twice
          in/kustomization.yaml | - b.yaml            | - c.yaml                  | does not exist
          nudge-files/bpfman.txt | @sha256            | :latest@md5               | bpfman.txt
          """)
  void whatCannotBecomeABundleIsRefusedAndNothingIsWritten(
      String file, String before, String after, String message) {
    edit(file, before, after);
    Result result = bundle();
    assertEquals(2, result.code(), result.out());
    assertTrue(result.err().contains(message), result.err());
    assertFalse(Files.exists(root.resolve("out")));
  }

  @Test
  void aDirectoryThatListsNothingIsRefused() throws Exception {
    Files.delete(root.resolve("in/kustomization.yaml"));
    Result result = bundle();
    assertEquals(2, result.code());
    assertTrue(result.err().contains("has none of [kustomization.yaml"), result.err());
  }

  @Test
  void aDescriptionWithoutDefinitionIsRefused() {
    edit(
        "base/clusterserviceversion.yaml",
        "    - name: things.example.io",
        "    - name: ghosts.example.io\n      kind: Ghost\n      version: v1\n    - name: things.example.io");
    Result result = bundle();
    assertEquals(2, result.code());
    assertTrue(
        result.err().contains("[ghosts.example.io], which no manifest defines"), result.err());
  }

  private Result bundle(String... more) {
    String[] fixed = {
      "bundle",
      "--base",
      root + "/base",
      "--manifests",
      root + "/in",
      "--examples",
      root + "/examples.yaml",
      "--nudge-files",
      root + "/nudge-files",
      "--output",
      root + "/out"
    };
    String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return NudgeHarness.run(all);
  }

  private String csv() {
    return NudgeHarness.read(root.resolve("out").resolve(CSV));
  }

  private void edit(String file, String before, String after) {
    String text = NudgeHarness.read(root.resolve(file));
    assertTrue(text.contains(before), file);
    NudgeHarness.write(root.resolve(file), text.replace(before, after));
  }
}
