package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nudge files, PipelineRuns and Containerfiles of this project. */
class OwnRepositoryTest {
  private static final String ROOT = NudgeHarness.project().toString();

  @Test
  void theGraphHasNoErrorAndIsTheOneInTheReadme() {
    Result result = NudgeHarness.run("graph", "--root", ROOT, "--check");
    assertEquals(0, result.code(), result.out() + result.err());
    Result dot = NudgeHarness.run("graph", "--root", ROOT, "-o", "dot");
    List<String> edges = dot.out().lines().filter(line -> line.contains("->")).toList();
    assertEquals(4, edges.size(), dot.out());
    for (String name : List.of("bpfman", "bpfman-agent", "bpfman-operator")) {
      assertTrue(dot.out().contains("\"%s\" -> \"bpfman-operator-bundle\"".formatted(name)));
    }
    assertTrue(dot.out().contains("\"bpfman-operator-bundle\" -> \"bpfman-operator-catalog\""));
  }

  @Test
  void aChangeOfSharedCodeBuildsThreeImagesAndTheBundleThreeTimes() {
    Result result =
        NudgeHarness.run(
            "graph", "--root", ROOT, "--file", "shared/model/src/main/java/io/bpfman/model/X.java");
    assertTrue(
        result
            .out()
            .contains(
                "bpfman x1, bpfman-agent x1, bpfman-operator x1, bpfman-operator-bundle x3,"
                    + " bpfman-operator-catalog x3; 9 builds in all"),
        result.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"README.md", "shared/testkit/pom.xml", "docs/a.md", "nudge-files/README.md"})
  void whatIsInNoImageBuildsNothing(String file) {
    Result result = NudgeHarness.run("graph", "--root", ROOT, "--file", file);
    assertTrue(result.out().startsWith("a change of " + file + " builds: nothing"), result.out());
  }

  @Test
  void everyContainerfileThatAPipelineNamesIsThere() throws Exception {
    Path tekton = NudgeHarness.project().resolve(".tekton");
    try (var files = Files.list(tekton)) {
      for (Path file : files.toList()) {
        String containerfile =
            NudgeHarness.read(file).replaceAll("(?s).*value: (k8s/images/\\S+).*", "$1");
        assertTrue(
            Files.isRegularFile(NudgeHarness.project().resolve(containerfile)), file.toString());
        assertFalse(containerfile.contains("\n"));
      }
    }
  }
}
