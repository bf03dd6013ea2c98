package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphCommandTest {
  @TempDir private Path root = Path.of("");

  /** Ours, with an agent whose trigger watches the directory of the nudge files. */
  @BeforeEach
  void repositoryWithALoop() {
    for (String part : new String[] {".tekton", "nudge-files", "k8s"}) {
      NudgeHarness.copy(NudgeHarness.project().resolve(part), root.resolve(part));
    }
    Path push = root.resolve(".tekton/bpfman-agent-push.yaml");
    NudgeHarness.write(push, NudgeHarness.read(push).replace("\"pom.xml\"", "\"nudge-files/***\""));
  }

  private Result graph(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "graph";
    all[1] = "--root";
    all[2] = root.toString();
    System.arraycopy(more, 0, all, 3, more.length);
    return NudgeHarness.run(all);
  }

  @Test
  void aLoopFailsTheCheckAndIsShownWithTheWayBack() {
    Result result = graph("--check");
    assertEquals(1, result.code());
    assertTrue(
        result
            .out()
            .contains(
                "builds never end: bpfman-agent -> bpfman-agent, through nudge-files/bpfman-agent.txt"),
        result.out());
    assertTrue(
        result.out().contains("bpfman-agent without end, bpfman-operator-bundle without end"),
        result.out());
    assertEquals(0, graph().code());
  }

  @Test
  void theGraphIsPrintedForMachinesToo() {
    Result json = graph("-o", "json", "--component", "bpfman-operator-bundle");
    assertTrue(json.out().contains("\"rule\" : \"rebuild-loop\""), json.out());
    assertTrue(
        json.out().contains("\"bpfman-agent -(nudge-files/bpfman-agent.txt)-> bpfman-agent\""),
        json.out());
    assertTrue(json.out().contains("\"total\" : -1"), json.out());
    Result mermaid = graph("-o", "mermaid");
    assertTrue(mermaid.out().startsWith("flowchart LR\n  c0[\"bpfman\"]"), mermaid.out());
    assertTrue(mermaid.out().contains("c0 -- \"nudge-files/bpfman.txt\" --> c3"), mermaid.out());
  }

  @Test
  void aComponentThatIsNotThereIsNamedWithThoseThatAre() {
    Result result = graph("--component", "nobody");
    assertEquals(2, result.code());
    assertTrue(
        result.err().contains("there is no component \"nobody\"; there are [bpfman, "),
        result.err());
  }

  @Test
  void aRepositoryWithoutPipelinesIsAnErrorOfTheCheck() {
    Result result = NudgeHarness.run("graph", "--root", root.resolve("k8s").toString(), "--check");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("[no-pipelines]"), result.out());
    assertTrue(result.out().contains("[no-components]"), result.out());
  }
}
