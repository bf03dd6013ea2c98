package io.bpfman.api.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many objects a file holds, and where they are; as kubectl v1.35.4 counts them. */
class ManifestStreamTest {
  private static final String SECOND = Samples.with("xdp-counter", "second");

  private static List<String> names(String text) {
    return ManifestReader.readText("a.yaml", text).stream()
        .map(application -> application.getMetadata().getName())
        .toList();
  }

  private static String problem(String text) {
    return ManifestReader.check("a.yaml", text).problems().getFirst().describe();
  }

  private static String json(String name) {
    return """
    {"apiVersion": "bpfman.io/v1alpha1", "kind": "ClusterBpfApplication",
     "metadata": {"name": "%s"},
     "spec": {"nodeSelector": {}, "byteCode": {"path": "/opt/a}.o"},
      "programs": [{"name": "xdp_count", "type": "XDP", "xdp": {}}]}}\
    """
        .formatted(name);
  }

  private static String list(String kind) {
    return "apiVersion: v1\nkind: " + kind + "\nitems:\n- " + Samples.XDP.indent(2).strip();
  }

  @Test
  void emptyDocumentsAreNone() {
    String text = "\uFEFF---\n# a\n--- # b\n" + Samples.XDP + "---\n\n---\n~\n---\n" + SECOND;
    assertEquals(List.of("xdp-counter", "second"), names(text.replace("\n", "\r\n")));
    assertEquals(List.of(), names(""));
  }

  @Test
  void eachItemOfAListIsTakenWithItsOwnPlace() {
    String text = list("List") + "\n- " + SECOND.replace("priority", "priorty").indent(2).strip();
    assertEquals(List.of("xdp-counter"), names(list("List")));
    assertTrue(problem(text).startsWith("a.yaml:41:15: spec.programs[0].xdp.links[0].priorty: "));
  }

  @Test
  void itemsOfAListOfOneKindNeedNotSayWhatTheyAre() {
    String item = Samples.XDP.substring(Samples.XDP.indexOf("metadata:"));
    String text =
        "apiVersion: bpfman.io/v1alpha1\nkind: ClusterBpfApplicationList\nitems:\n- "
            + item.indent(2).strip();
    assertEquals(List.of("xdp-counter"), names(text));
    assertTrue(problem(text.replace("ClusterBpfApplicationList", "List")).contains("is missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "[~]", "[kind: List]"})
  void itemsThatAreNoObjectsAreRefused(String items) {
    assertTrue(!problem("apiVersion: v1\nkind: List\nitems: " + items).isEmpty());
  }

  @Test
  void objectsOfJsonMayFollowOneAnother() {
    assertEquals(List.of("a", "b"), names(json("a") + json("b") + "\n"));
    assertEquals(List.of("a", "xdp-counter"), names(json("a") + "\n---\n" + Samples.XDP));
    String broken = json("a") + "\n" + json("b").replace("nodeSelector", "nodeselector");
    assertTrue(problem(broken).startsWith("a.yaml:7:11: spec.nodeselector: unknown field"));
    String sameLine = json("a").replace("\n", "") + " {\"kind\": 5}";
    int column = json("a").replace("\n", "").length() + 2;
    assertTrue(problem(sameLine).startsWith("a.yaml:1:" + (column + 1) + ": kind: wrong type"));
  }

  @Test
  void yamlInBracesIsNoJson() {
    String flow = json("a").replace("\"metadata\"", "metadata").replace("\"a\"", "a # }\n");
    assertEquals(List.of("a"), names(flow));
  }

  @Test
  void behindASeparatorOnlyACommentMayStand() {
    assertTrue(
        problem(Samples.XDP + "--- {a: b}\n").startsWith("a.yaml:20:1: after --- only a comment"));
  }

  @Test
  void whatFollowsTheEndOfADocumentIsRefusedForKubectlWouldLeaveItOut() {
    assertTrue(problem(Samples.XDP + "...\n" + SECOND).startsWith("a.yaml:21:1: broken YAML"));
    assertEquals(1, names(Samples.XDP + "...\n").size());
  }

  @Test
  void mergedEntriesCountWhereTheMergeStands() {
    assertEquals(7, priority("<<: {priority: 7}"));
    assertEquals(7, priority("priority: 5\n            <<: {priority: 7}"));
    assertEquals(5, priority("<<: {priority: 7}\n            priority: 5"));
    assertEquals(8, priority("<<: [{priority: 8}, {priority: 7}]"));
    assertTrue(problem(Samples.with("priority: 55", "<<: 5")).contains("must be a mapping"));
  }

  private static int priority(String replacement) {
    ClusterBpfApplication application =
        ManifestReader.readText("a.yaml", Samples.with("priority: 55", replacement)).getFirst();
    return application
        .getSpec()
        .getPrograms()
        .getFirst()
        .getXdp()
        .getLinks()
        .getFirst()
        .getPriority();
  }

  @Test
  void namesAreFoundInListsToo(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("a.json");
    assertTrue(ManifestLayout.isManifest(file));
    Files.writeString(file, list("List") + "\n---\n" + SECOND);
    assertEquals(List.of("xdp-counter", "second"), ManifestNames.of(file));
    Files.writeString(file, "{");
    assertEquals(List.of(), ManifestNames.of(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "y",
        "N",
        "off",
        "0100",
        "0x1f",
        "1_000",
        "0b1",
        "1e3",
        ".5",
        "+1",
        "0o7",
        "~",
        "null",
        "",
        "2024-01-01",
        "1:30",
        "<<",
        "a: b",
        ".inf",
        "-.Inf",
        ".nan",
        "08",
        "a #b"
      })
  void whatTheWriterWritesIsReadBackAsItWas(String text) {
    ClusterBpfApplication application = ManifestReader.readText("a.yaml", Samples.XDP).getFirst();
    application.getMetadata().setAnnotations(Map.of("key", text));
    String yaml = ManifestWriter.toYaml(application);
    var again = ManifestReader.readText("a.yaml", yaml).getFirst();
    assertEquals(text, again.getMetadata().getAnnotations().get("key"), yaml);
  }
}
