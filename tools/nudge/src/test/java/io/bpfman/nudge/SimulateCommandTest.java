package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {
  private static final String ROOT = NudgeHarness.project().toString();

  @TempDir private Path home = Path.of("");

  private Result simulate(String scenario, String... more) {
    Path file = NudgeHarness.write(home.resolve("scenario.yaml"), scenario);
    List<String> all =
        new ArrayList<>(List.of("simulate", "--root", ROOT, "--scenario", file.toString()));
    all.addAll(List.of(more));
    return NudgeHarness.run(all.toArray(new String[0]));
  }

  @Test
  void oneChangeOfSharedCodeMakesTwoMixedBundlesAndCoordinationNone() {
    Result result =
        simulate("changes: [{at: 0, commit: a, files: [shared/model/x]}]\n", "--coordinate");
    assertEquals(0, result.code(), result.err());
    assertTrue(
        result
            .out()
            .contains("uncoordinated: 9 builds, 4 of mixed sets, 6 nudges merged, consistent 2760"),
        result.out());
    assertTrue(
        result
            .out()
            .contains("\ncoordinated: 5 builds, 0 of mixed sets, 2 nudges merged, consistent 3960"),
        result.out());
    assertTrue(result.out().contains("  bpfman-operator-bundle x3\n"), result.out());
  }

  @Test
  void imagesOfDifferentCommitsBelongTogetherWhenOnlyOneOfThemChanged() {
    Result result =
        simulate(
            """
            changes:
            - {at: 0, files: [shared/model/x]}
            - {at: 9000, files: [services/agent-verticle/src/main/java/A.java]}
            """,
            "--builds");
    assertTrue(
        result.out().contains("of commit 2 with {bpfman=1, bpfman-agent=2, bpfman-operator=1}\n"),
        result.out());
    assertTrue(result.out().contains("bpfman-operator=0}  MIXED\n"), result.out());
  }

  @Test
  void anOlderBuildThatEndsLaterNudgesNoMore() {
    Result result =
        simulate(
            """
            build: 1000
            merge: 10
            builds: {bpfman-operator-bundle: 1, bpfman-operator-catalog: 1}
            changes:
            - {at: 0, files: [services/agent-verticle/src/main/java/A.java]}
            - {at: 0, files: [services/agent-verticle/src/main/java/B.java]}
            """,
            "-o",
            "json");
    assertTrue(result.out().contains("\"bpfman-agent\" : 2"), result.out());
    assertTrue(result.out().contains("\"consistentAfterSeconds\" : 1022"), result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~; has 0 documents",
        "a: 1; scenario.yaml:1: a: is unknown",
        "changes: []; has no list changes",
        "changes: [{at: soon, files: [a]}]; changes[0].at: \"soon\" is no number of seconds",
        "changes: [{at: -1, files: [a]}]; \"-1\" is no number",
        "changes: [{at: 1}]; changes[0]: has no list files",
        "changes: [3]; changes[0]: is no object",
        "merge: 1e9; merge: \"1e9\" is no number of seconds from 0 to 86400",
      })
  void brokenScenariosAreNamed(String scenario, String sentence) {
    Result result = simulate(scenario);
    assertEquals(2, result.code(), result.out());
    assertTrue(result.err().contains(sentence), result.err());
  }

  @Test
  void aScenarioCanComeFromStandardInput() {
    String[] command = {"simulate", "--root", ROOT, "--scenario", "-"};
    String scenario = "changes: [{at: 0, files: [shared/model/x]}]\n";
    Result result = NudgeHarness.runWithInput(scenario, command);
    assertEquals(simulate(scenario).out(), result.out());
    assertEquals(0, result.code(), result.err());
    Result broken = NudgeHarness.runWithInput("changes: [3]\n", command);
    assertEquals(2, broken.code());
    assertTrue(broken.err().contains("standard input:1: changes[0]: is no object"), broken.err());
  }

  @Test
  void aScenarioThatIsNotThereIsNamed() {
    Result result = NudgeHarness.run("simulate", "--root", ROOT, "--scenario", home + "/none");
    assertEquals(2, result.code());
    assertEquals("bpfman-nudge: " + home + "/none: does not exist\n", result.err());
  }

  @Test
  void oneSourceOfChangesIsNeeded() {
    assertEquals(80, NudgeHarness.run("simulate").code());
  }

  @Test
  void aGitHistoryIsPlayedAndItsErrorsAreGits() throws Exception {
    Path root = home.resolve("repository");
    NudgeHarness.copy(NudgeHarness.project().resolve(".tekton"), root.resolve(".tekton"));
    NudgeHarness.copy(NudgeHarness.project().resolve("nudge-files"), root.resolve("nudge-files"));
    git(root, "init", "-q", "-b", "main");
    commit(root, "first");
    NudgeHarness.write(root.resolve("services/agent-verticle/src/main/java/Ä b.java"), "x");
    commit(root, "second");
    Result result =
        NudgeHarness.run("simulate", "--root", root.toString(), "--git-range", "HEAD~1..HEAD");
    assertEquals(0, result.code(), result.err());
    assertTrue(
        result.out().startsWith("uncoordinated: 3 builds, 0 of mixed sets, 2 nudges"),
        result.out());
    Result none =
        NudgeHarness.run("simulate", "--root", root.toString(), "--git-range", "HEAD..HEAD");
    assertEquals("bpfman-nudge: HEAD..HEAD: has no commits\n", none.err());
    Result bad = NudgeHarness.run("simulate", "--root", root.toString(), "--git-range", "-x");
    assertEquals(2, bad.code());
    assertTrue(bad.err().contains("git log ended with 128"), bad.err());
  }

  private static void commit(Path root, String message) throws Exception {
    git(root, "add", "-A");
    git(
        root,
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@localhost",
        "-c",
        "commit.gpgsign=false",
        "commit",
        "-q",
        "-m",
        message);
  }

  private static void git(Path root, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }
}
