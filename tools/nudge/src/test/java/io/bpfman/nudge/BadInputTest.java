package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of bad input gets a sentence with file, line and path; no file changes. */
class BadInputTest {
  private static final String GOOD = "quay.io/bpfman/bpfman-agent@sha256:" + "1".repeat(64);
  private static final String AGENT = "nudge-files/bpfman-agent.txt";

  @TempDir private Path root = Path.of("");
  private ValidRepository repository;

  @BeforeEach
  void repository() {
    repository = ValidRepository.in(root);
    repository.write(AGENT, GOOD + "\n");
  }

  private String at(String file) {
    return root.resolve(file).toString();
  }

  private Result update(String... more) {
    String[] command = {
      "update-bundle", "--csv-file", at(ValidRepository.CSV), "--nudge-files", at("nudge-files")
    };
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return NudgeHarness.run(all);
  }

  /** {@code says} follows the name of the file. */
  private void refused(Result result, Map<String, String> before, String file, String says) {
    assertEquals(2, result.code(), result.out() + result.err());
    String expected = "bpfman-nudge: " + at(file) + says;
    assertTrue(result.err().startsWith(expected), result.err() + "\nexpected " + expected);
    assertEquals(1, result.err().lines().count(), result.err());
    assertEquals(before, NudgeHarness.tree(root));
  }

  private void refusedEverywhere(String file, String says) {
    Map<String, String> before = NudgeHarness.tree(root);
    refused(update(), before, file, says);
    refused(
        NudgeHarness.run(
            "update-configmap",
            "--configmap-file",
            at(ValidRepository.CONFIG),
            "--nudge-files",
            at("nudge-files")),
        before,
        file,
        says);
    refused(
        NudgeHarness.run(
            "bundle",
            "--base",
            NudgeHarness.project().resolve("olm/bases").toString(),
            "--manifests",
            at("k8s/base"),
            "--nudge-files",
            at("nudge-files"),
            "--output",
            at("made")),
        before,
        file,
        says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~; : is empty; expected one image reference and a line feed",
        "GOOD/nGOOD/n; :2: has 2 lines; expected one image reference",
        "GOOD/r/n; :1: ends lines with CR LF; use LF alone",
        "GOOD; :1: does not end with a line feed; add one",
        "quay.io/bpfman/bpfman-agent:latest/n; :1: \"quay.io/bpfman/bpfman-agent:latest\" is not pinned",
        "quay.io/bpfman/bpfman-agent@sha256:abc/n; :1: \"quay.io/bpfman/bpfman-agent@sha256:abc\" has a digest of 3 digits",
        "quay.io/bpfman/Bpfman-agent@sha256:abc/n; :1: \"quay.io/bpfman/Bpfman-agent@sha256:abc\" has upper case letters",
        "quay.io/bpfman/a|b&c@sha256:abc/n; :1: \"quay.io/bpfman/a|b&c@sha256:abc\" has a repository that is none",
        "quay.io/bpfman/a'b\"c@sha256:abc/n; :1: \"quay.io/bpfman/a'b\"c@sha256:abc\" has a repository that is none",
      })
  void nudgeFiles(String text, String says) {
    repository.write(AGENT, text.replace("GOOD", GOOD).replace("/n", "\n").replace("/r", "\r"));
    refusedEverywhere(AGENT, says);
  }

  @Test
  void aNudgeFileThatIsNotThere() throws IOException {
    Files.delete(root.resolve(AGENT));
    refusedEverywhere(AGENT, ": does not exist");
  }

  @Test
  void aNudgeFileOfAnotherComponent() {
    repository.write(AGENT, GOOD.replace("-agent", "-other") + "\n");
    refusedEverywhere(
        AGENT,
        ":1: names quay.io/bpfman/bpfman-other, but images of bpfman-agent are in"
            + " quay.io/bpfman/bpfman-agent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~      deployments:~; ~      others:~; ~:2: has no spec.install.spec.deployments~",
        "~value: \"quay~; ~value: &a \"quay~; ~:74: spec.install.spec.deployments[0].spec.template.spec.containers[0].env[1].value: is written through an anchor~",
        "~  maturity: alpha~; ~\tmaturity: alpha~; ~:102: broken YAML: ~",
        "~  maturity: alpha~; ~  maturity: [alpha~; ~:103: broken YAML: ~",
        "~kind: ClusterServiceVersion~; ~kind: ClusterServiceVersion\n---\nkind: Other~; ~:5: is a second document~",
        "~  maturity: alpha~; ~  maturity: alpha\n  maturity: beta~; ~:103: has the key \"maturity\" twice~",
      })
  void clusterServiceVersions(String from, String to, String says) {
    repository.replace(ValidRepository.CSV, from, to);
    refused(update(), NudgeHarness.tree(root), ValidRepository.CSV, says);
  }

  @Test
  void aContainerThatIsUnknown() {
    Map<String, String> before = NudgeHarness.tree(root);
    refused(
        update("--container", "nobody"),
        before,
        ValidRepository.CSV,
        ":2: has no container \"nobody\"; there are prepare (");
  }

  /** Comments, literals, folded text, several deployments and unknown containers are no fault. */
  @Test
  void whatIsUnusualButRightIsUpdated() {
    String before = NudgeHarness.read(root.resolve(ValidRepository.CSV));
    Result result = update();
    assertEquals(0, result.code(), result.err());
    String old = "quay.io/bpfman/bpfman-agent@" + NudgeHarness.NEW;
    assertEquals(before.replace(old, GOOD), NudgeHarness.read(root.resolve(ValidRepository.CSV)));
  }

  @Test
  void severalBundlesOfAChannelWithoutAName() {
    Map<String, String> before = NudgeHarness.tree(root);
    refused(
        NudgeHarness.run(
            "update-catalog",
            "--index-file",
            at(ValidRepository.INDEX),
            "--nudge-files",
            at("nudge-files")),
        before,
        ValidRepository.INDEX,
        ": has 2 olm.bundle of quay.io/bpfman/bpfman-operator-bundle; it has [");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "event == \"push\"; event == \"push; is no valid CEL expression: ",
        "event == \"push\"; evnt == \"push\"; undeclared reference to 'evnt'",
        "event == \"push\"; 1 + 1 +; is no valid CEL expression: ",
        "on-cel-expression; on-comment; has neither on-cel-expression nor on-event",
      })
  void pipelineRuns(String from, String to, String says) {
    String push = ".tekton/bpfman-agent-push.yaml";
    repository.replace(push, from, to);
    Map<String, String> before = NudgeHarness.tree(root);
    for (String[] command : new String[][] {{"graph", "--check"}, {"validate"}}) {
      Result result = run(command);
      assertEquals(1, result.code(), result.out() + result.err());
      String line =
          result.out().lines().filter(l -> l.contains(says)).findFirst().orElse(result.out());
      assertTrue(line.matches("error: \\.tekton/bpfman-agent-push.yaml:\\d+: .*"), line);
    }
    assertEquals(before, NudgeHarness.tree(root));
  }

  private Result run(String... command) {
    String[] all = Arrays.copyOf(command, command.length + 2);
    all[command.length] = "--root";
    all[command.length + 1] = root.toString();
    return NudgeHarness.run(all);
  }

  @Test
  void aCycle() {
    repository.replace(".tekton/bpfman-agent-push.yaml", "\"pom.xml\"", "\"nudge-files/***\"");
    Map<String, String> before = NudgeHarness.tree(root);
    Result result = run("graph", "--check");
    assertEquals(1, result.code());
    assertTrue(
        result
            .out()
            .contains(
                "\nerror: .tekton/bpfman-agent-push.yaml:14:"
                    + " metadata.annotations[\"pipelinesascode.tekton.dev/on-cel-expression\"]:"
                    + " builds never end: bpfman-agent -> bpfman-agent, through nudge-files/"),
        result.out());
    assertEquals(before, NudgeHarness.tree(root));
  }

  @Test
  void anUnwritableFileIsNamedAndNothingIsLeftBeside() {
    Path file = root.resolve(ValidRepository.CSV);
    Map<String, String> before = NudgeHarness.tree(root);
    Result result = update("--output", root + "/none/there.yaml");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("/none/there.yaml: cannot be written: its directory"));
    assertEquals(before, NudgeHarness.tree(root));
    try (var files = Files.list(file.getParent())) {
      assertTrue(files.noneMatch(f -> f.toString().endsWith(".new")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
