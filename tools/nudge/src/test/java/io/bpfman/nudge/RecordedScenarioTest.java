package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that happened to others, each a repository with one wrong file; and the mended one. */
class RecordedScenarioTest {
  private static final Path SCENARIOS =
      NudgeHarness.project().resolve("tools/nudge/src/test/resources/scenarios");

  @TempDir private Path home = Path.of("");

  private Result graph(String scenario) {
    Path root = home.resolve("repository");
    NudgeHarness.copy(SCENARIOS.resolve("mended"), root);
    NudgeHarness.tree(SCENARIOS.resolve(scenario))
        .forEach((file, text) -> NudgeHarness.write(root.resolve(file), text));
    return NudgeHarness.run(
        "graph", "--root", root.toString(), "--nudge-files", "hack/images", "--check");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loop | rebuild-loop | builds never end: agent -> agent, through hack/images/agent.txt",
        "empty-annotation | nudge-default-patterns | agent names no nudge files, so the default",
        "pattern-without-image | nudge-without-match | holds a digest of [quay.io/tenant/agent]",
      })
  void theFaultIsNamed(String scenario, String rule, String sentence) {
    Result result = graph(scenario);
    assertEquals(1, result.code(), result.out());
    String found =
        result.out().lines().filter(l -> l.endsWith("[" + rule + "]")).findFirst().orElse("");
    assertTrue(found.startsWith("error: .tekton/agent-push.yaml:"), result.out());
    assertTrue(found.contains(sentence), result.out());
  }

  @Test
  void onTheMendedRepositoryThereIsNeitherErrorNorWarning() {
    Result result = graph("mended");
    assertEquals(0, result.code(), result.out());
    assertFalse(result.out().contains("error: "), result.out());
    assertFalse(result.out().contains("warning: "), result.out());
  }
}
