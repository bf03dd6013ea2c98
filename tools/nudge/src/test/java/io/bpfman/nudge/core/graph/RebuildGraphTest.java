package io.bpfman.nudge.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RebuildGraphTest {
  private static String push(String glob) {
    return "event == \"push\" && target_branch == \"main\" && \"" + glob + "\".pathChanged()";
  }

  private static MemoryTree chain() {
    return new MemoryTree()
        .component("a", "n/a.txt", push("src/a/***"), "b")
        .component("b", "n/b.txt", push("n/a.txt"), "c")
        .component("c", null, push("n/b.txt"))
        .reference("n/a.txt", "a")
        .reference("n/b.txt", "b")
        .file("src/a/x", "");
  }

  @Test
  void aNudgeRewritesItsFileAndTheTriggerOnItBuildsTheNext() {
    RebuildGraph graph = chain().graph();
    assertEquals(
        List.of(new Edge("a", "b", Set.of("n/a.txt")), new Edge("b", "c", Set.of("n/b.txt"))),
        graph.edges());
    Plan plan = Plan.ofFiles(graph, Set.of("src/a/x"));
    assertEquals(Map.of("a", 1, "b", 1, "c", 1), plan.builds());
    assertEquals(3, plan.total());
    assertEquals(List.of(), graph.loops());
    assertEquals(List.of(), chain().rules());
  }

  @Test
  void severalNudgesOfOneChangeBuildTheBundleSeveralTimes() {
    MemoryTree tree =
        new MemoryTree()
            .component("a", "n/a.txt", push("src/***"), "bundle")
            .component("b", "n/b.txt", push("src/***"), "bundle")
            .component("bundle", "n/bundle.txt", push("n/{a,b}.txt"), "catalog")
            .component("catalog", null, push("n/bundle.txt"))
            .reference("n/a.txt", "a")
            .reference("n/b.txt", "b")
            .reference("n/bundle.txt", "bundle")
            .file("src/x", "");
    Plan plan = Plan.ofFiles(tree.graph(), Set.of("src/x"));
    assertEquals(Map.of("a", 1, "b", 1, "bundle", 2, "catalog", 2), plan.builds());
    assertEquals(2, plan.redundant());
    assertTrue(tree.rules().contains("redundant-builds"));
  }

  @Test
  void aTriggerThatWatchesItsOwnNudgeFileIsALoop() {
    MemoryTree tree =
        new MemoryTree()
            .component("agent", "hack/openshift/images/agent.txt", push("hack/openshift/***"), "b")
            .component("b", null, push("hack/openshift/***"))
            .reference("hack/openshift/images/agent.txt", "agent");
    RebuildGraph graph = tree.graph();
    assertEquals(1, graph.loops().size());
    assertEquals(Plan.ENDLESS, Plan.of(graph, Set.of("agent")).total());
    assertTrue(
        tree.messages()
            .contains("builds never end: agent -> agent, through hack/openshift/images/agent.txt"),
        tree.messages());
  }

  @Test
  void aLoopOverTwoComponentsIsFoundOnceWithTheWayBack() {
    MemoryTree tree =
        new MemoryTree()
            .component("a", "n/a.txt", push("n/b.txt"), "b")
            .component("b", "n/b.txt", push("n/a.txt"), "a")
            .component("c", null, push("n/b.txt"))
            .reference("n/a.txt", "a")
            .reference("n/b.txt", "b");
    RebuildGraph graph = tree.graph();
    assertEquals(1, graph.loops().size());
    Plan plan = Plan.of(graph, Set.of("a"));
    assertEquals(Map.of("a", -1, "b", -1, "c", -1), plan.builds());
    assertTrue(tree.messages().contains("a -> b -> a, through n/a.txt; n/b.txt"));
  }

  @Test
  void anEmptyAnnotationFallsBackToTheDefaultsAndRewritesWhatNobodyMeant() {
    MemoryTree tree =
        new MemoryTree()
            .component("operator", "", push("src/***"), "bundle")
            .component("bundle", null, push("n/operator.txt"))
            .reference("n/operator.txt", "operator")
            .reference("catalog/index.yaml", "operator")
            .file("src/x", "");
    assertEquals(Set.of("catalog/index.yaml"), tree.graph().writes("operator"));
    assertEquals(List.of("nudge-default-patterns", "nudge-without-effect"), tree.rules());
    assertTrue(
        tree.messages().contains("no trigger of bundle matches what the nudge rewrites (catalog/"));
  }

  @Test
  void theMistakesOfTheInvertedReadingAreFound() {
    MemoryTree tree =
        new MemoryTree()
            .component("agent", "nudge-files/bpfman.txt", push("cmd/***"), "bundle")
            .component("bundle", "nudge-files/agent.txt", push("bundle/***"))
            .reference("nudge-files/bpfman.txt", "bpfman")
            .reference("nudge-files/agent.txt", "agent")
            .file("cmd/x", "")
            .file("bundle/x", "");
    assertEquals(
        List.of(
            "nudge-file-unread",
            "nudge-file-unwritten",
            "nudge-files-unused",
            "nudge-without-effect",
            "nudge-without-match"),
        tree.rules());
  }

  @Test
  void brokenPipelinesBecomeFindingsWithTheirLine() {
    MemoryTree tree =
        chain()
            .component("bad", null, "event == ")
            .component("unknown", null, "evnt == \"push\"")
            .component("number", null, "1 + 1")
            .component("badglob", null, push("[a"))
            .file(".tekton/none.yaml", "kind: PipelineRun\nmetadata:\n  name: none\n")
            .file(".tekton/list.yaml", "a: [\n")
            .file(".tekton/twice.yaml", "kind: Pipeline\n---\nkind: Task\n");
    String messages = tree.messages();
    assertTrue(messages.contains(".tekton/bad-push.yaml:5"), messages);
    assertTrue(messages.contains("undeclared reference to 'evnt'"), messages);
    assertTrue(messages.contains("expected type 'bool' but found 'int'"), messages);
    assertTrue(messages.contains("\"[a\" lacks a closing bracket"), messages);
    assertTrue(messages.contains(".tekton/none.yaml:1: has neither on-cel-expression"), messages);
    assertTrue(messages.contains(".tekton/list.yaml"), messages);
    assertTrue(messages.contains("[component-unbuilt]"), messages);
  }

  @Test
  void aFrozenComponentIsReportedAsBuiltByNothing() {
    MemoryTree tree = new MemoryTree().component("b", null, "\"x\" == \"y\"");
    assertTrue(tree.messages().contains("b is built by no PipelineRun on a push to main"));
  }

  @Test
  void annotationsTakeEffectWithoutAnExpression() {
    MemoryTree tree =
        chain()
            .file(
                ".tekton/c-push.yaml",
                """
                kind: PipelineRun
                metadata:
                  name: c
                  annotations:
                    pipelinesascode.tekton.dev/on-event: "[push]"
                    pipelinesascode.tekton.dev/on-target-branch: "[refs/heads/main, release-*]"
                    pipelinesascode.tekton.dev/on-path-change: "[n/b.txt]"
                  labels:
                    appstudio.openshift.io/component: c
                """);
    assertEquals(Set.of("c"), tree.graph().triggered(Set.of("n/b.txt")));
    assertEquals(Set.of(), tree.graph().triggered(Set.of("n/c.txt")));
  }
}
