package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateBundleCommandTest {
  private static final String OPERATOR = "quay.io/bpfman/bpfman-operator@" + NudgeHarness.NEW;
  private static final String AGENT = "quay.io/bpfman/bpfman-agent@" + NudgeHarness.NEW;
  private static final String DAEMON = "quay.io/bpfman/bpfman@" + NudgeHarness.NEW;

  @TempDir private Path home = Path.of("");
  private Path csv = Path.of("");

  @BeforeEach
  void fixture() {
    NudgeHarness.fixture(home);
    csv = home.resolve("olm/bundle/manifests/bpfman-operator.clusterserviceversion.yaml");
  }

  private Result update(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("update-bundle", "--csv-file", csv.toString(), "--image-pullspec", OPERATOR));
    all.addAll(List.of(more));
    return NudgeHarness.run(all.toArray(new String[0]));
  }

  @Test
  void everyPlaceOfTheImagesIsSetAndNoOtherByteChanges() {
    String before = NudgeHarness.read(csv);
    Result result = update("--agent-pullspec", AGENT, "--bpfman-pullspec", DAEMON);
    assertEquals("", result.err());
    assertEquals(0, result.code());
    String expected =
        before
            .replace(
                "containerImage: quay.io/bpfman/bpfman-operator:latest",
                "containerImage: " + OPERATOR)
            .replace("image: quay.io/bpfman/bpfman-operator:latest", "image: " + OPERATOR)
            .replace("'quay.io/bpfman/bpfman-operator:latest'", "'" + OPERATOR + "'")
            .replace(">-\n                  quay.io/bpfman/bpfman-operator:latest", OPERATOR)
            .replace("value: quay.io/bpfman/bpfman:latest", "value: " + DAEMON)
            .replace("image: quay.io/bpfman/bpfman:latest", "image: " + DAEMON)
            .replace("\"quay.io/bpfman/bpfman-agent:latest\"", "\"" + AGENT + "\"")
            .replace("image: quay.io/bpfman/bpfman-agent:latest", "image: " + AGENT);
    assertEquals(expected, NudgeHarness.read(csv));
    assertTrue(result.out().contains("9 of 9 values changed"), result.out());
  }

  @Test
  void aSecondRunChangesNothingAndDoesNotEvenWrite() throws Exception {
    update();
    String once = NudgeHarness.read(csv);
    Object inode = Files.getAttribute(csv, "unix:ino");
    Result again = update();
    assertTrue(again.out().contains("0 of 5 values changed"), again.out());
    assertEquals(once, NudgeHarness.read(csv));
    assertEquals(inode, Files.getAttribute(csv, "unix:ino"));
  }

  @Test
  void aNewDigestReplacesAnOlderOne() {
    update();
    String newer = "quay.io/bpfman/bpfman-operator@sha256:" + "c".repeat(64);
    Result result = NudgeHarness.run("update-bundle", csv.toString(), "--image-pullspec", newer);
    assertEquals(0, result.code(), result.err());
    assertFalse(NudgeHarness.read(csv).contains(OPERATOR));
    assertTrue(NudgeHarness.read(csv).contains("containerImage: " + newer + "  # the operator"));
  }

  @Test
  void checkTellsWhatIsOutOfDateAndDryRunShowsTheDiff() {
    String before = NudgeHarness.read(csv);
    Result check = update("--check");
    assertEquals(1, check.code());
    assertTrue(
        check.out().contains("metadata.annotations.containerImage: is quay.io"), check.out());
    Result dry = update("--dry-run");
    assertEquals(0, dry.code());
    assertTrue(dry.out().contains("+    containerImage: " + OPERATOR), dry.out());
    assertEquals(before, NudgeHarness.read(csv));
    update();
    assertEquals(0, update("--check").code());
  }

  @Test
  void theResultCanGoElsewhere() {
    String before = NudgeHarness.read(csv);
    Path other = home.resolve("other.yaml");
    assertEquals(0, update("--output", other.toString()).code());
    assertEquals(before, NudgeHarness.read(csv));
    Result printed = update("--output", "-");
    assertEquals(NudgeHarness.read(other), printed.out());
  }

  @Test
  void theVersionGoesIntoVersionAndName() {
    assertEquals(0, update("--version", "0.7.1").code());
    String text = NudgeHarness.read(csv);
    assertTrue(text.contains("  name: bpfman-operator.v0.7.1\n"));
    assertTrue(text.contains("  version: 0.7.1\n"));
    assertEquals(80, update("--version", "soon").code());
  }

  @Test
  void permissionsAndSymbolicLinksStay() throws Exception {
    Files.setPosixFilePermissions(csv, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(home.resolve("link.yaml"), csv);
    NudgeHarness.run("update-bundle", link.toString(), "--image-pullspec", OPERATOR);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(NudgeHarness.read(csv).contains(OPERATOR));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(csv)));
  }

  @Test
  void nudgeFilesGiveWhatNoFlagGives() {
    Path files = home.resolve("nudge-files");
    NudgeHarness.write(files.resolve("bpfman-operator.txt"), OPERATOR + "\n");
    NudgeHarness.write(files.resolve("bpfman-agent.txt"), AGENT + "\n");
    NudgeHarness.write(files.resolve("bpfman.txt"), DAEMON + "\n");
    Result result =
        NudgeHarness.run("update-bundle", csv.toString(), "--nudge-files", files.toString());
    assertEquals(0, result.code(), result.err());
    assertTrue(NudgeHarness.read(csv).contains("value: " + DAEMON));
  }

  @Test
  void aNudgeFileOfAnotherRepositoryIsRefused() {
    Path files = home.resolve("nudge-files");
    NudgeHarness.write(files.resolve("bpfman-operator.txt"), AGENT + "\n");
    NudgeHarness.write(
        files.resolve("components.yaml"),
        """
        kind: Component
        spec:
          componentName: bpfman-operator
          containerImage: quay.io/bpfman/bpfman-operator
        """);
    Result result =
        NudgeHarness.run("update-bundle", csv.toString(), "--nudge-files", files.toString());
    assertEquals(2, result.code());
    assertTrue(
        result
            .err()
            .contains(
                "bpfman-operator.txt:1: names quay.io/bpfman/bpfman-agent, but images of"
                    + " bpfman-operator are in quay.io/bpfman/bpfman-operator"),
        result.err());
  }

  @Test
  void containersCanBeNamed() {
    Result one = update("--container", "proxy");
    assertEquals(0, one.code(), one.err());
    assertTrue(
        NudgeHarness.read(csv).contains("- name: proxy\n                image: " + OPERATOR));
    Result none = update("--container", "nobody");
    assertEquals(2, none.code());
    assertTrue(none.err().contains("has no container \"nobody\"; there are prepare ("), none.err());
  }

  /** What is put in place of what, and the sentence. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "deployments: | others: | has no spec.install.spec.deployments",
        "kind: ClusterServiceVersion | kind: ConfigMap | :2: is of kind \"ConfigMap\"; expected",
        "  version: 0.6.0 | ~  version: 0.6.0\n---\nkind: Other~ | is a second document",
        "  maturity: alpha | ~\tmaturity: alpha~ | broken YAML",
        "maturity: alpha | ~maturity: alpha\n  maturity: beta~ | key \"maturity\" twice",
        "containerImage: quay | containerImage: &image quay | is written through an anchor",
        "value: quay.io/bpfman/bpfman:latest | valueFrom: {} | env[0]: has no value that could be set",
        "name: BPFMAN_AGENT_IMG | name: OTHER_IMG | ~~",
      })
  void badInputIsNamedAndLeftAlone(String from, String to, String sentence) {
    String text = NudgeHarness.read(csv).replace(from, to);
    assertFalse(text.equals(NudgeHarness.read(csv)), "the fixture has no " + from);
    NudgeHarness.write(csv, text);
    Result result = update("--agent-pullspec", AGENT, "--bpfman-pullspec", DAEMON);
    assertEquals(text.equals(NudgeHarness.read(csv)), result.code() == 2, result.err());
    if (!sentence.isEmpty()) {
      assertTrue(result.err().contains(sentence), result.err());
      assertEquals(text, NudgeHarness.read(csv));
    }
  }

  @Test
  void anImageThatOccursNowhereIsAnErrorThatListsTheContainers() {
    Result result =
        update("--csi-pullspec", "quay.io/x/csi@" + NudgeHarness.NEW, "--container", "proxy");
    assertEquals(0, result.code(), "relatedImages names the registrar");
    String text = NudgeHarness.read(csv).replace("- name: csi-node-driver-registrar", "- name: z");
    NudgeHarness.write(csv, text);
    Result missing = update("--csi-pullspec", "quay.io/x/csi@" + NudgeHarness.NEW);
    assertEquals(2, missing.code());
    assertTrue(
        missing
            .err()
            .contains(
                "nothing refers to csi-node-driver-registrar (--csi-pullspec); its containers are"
                    + " prepare ("),
        missing.err());
    assertEquals(text, NudgeHarness.read(csv));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "garbage not an image; has a blank at character 8",
        "quay.io/bpfman/bpfman-operator:latest; is not pinned by a digest",
        "quay.io/bpfman/bpfman-operator@sha256:abc; has a digest of 3 digits instead of 64",
        "quay.io/Bpfman/bpfman-operator@sha256:abc; has upper case letters in its repository",
        "quay.io/b|p&f@sha256:abc; has a repository that is none",
        "quay.io/b\"x'@sha256:abc; has a repository that is none",
        "quay.io/b@sha512:abc; has a digest of another algorithm than sha256",
      })
  void referencesThatAreNoneAreRefused(String reference, String sentence) {
    String before = NudgeHarness.read(csv);
    Result result =
        NudgeHarness.run("update-bundle", csv.toString(), "--image-pullspec", reference);
    assertEquals(2, result.code());
    assertTrue(result.err().startsWith("bpfman-nudge: --image-pullspec: \""), result.err());
    assertTrue(result.err().contains(sentence), result.err());
    assertEquals(before, NudgeHarness.read(csv));
  }

  @Test
  void missingFilesAndFlagsAreNamed() {
    Result missing =
        NudgeHarness.run("update-bundle", home + "/no.yaml", "--image-pullspec", OPERATOR);
    assertEquals(2, missing.code());
    assertEquals("bpfman-nudge: " + home + "/no.yaml: does not exist\n", missing.err());
    assertEquals(80, NudgeHarness.run("update-bundle").code());
    assertEquals(80, NudgeHarness.run("update-bundle", csv.toString()).code());
    assertEquals(80, NudgeHarness.run("update-bundel").code());
    Path empty = NudgeHarness.write(home.resolve("empty.yaml"), "");
    Result nothing =
        NudgeHarness.run("update-bundle", empty.toString(), "--image-pullspec", OPERATOR);
    assertEquals(2, nothing.code());
    assertTrue(nothing.err().contains("is empty; expected a ClusterServiceVersion"));
  }
}
