package io.bpfman.api.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.XdpLink;
import io.bpfman.api.v1alpha1.XdpProceedOn;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {

  private static ClusterBpfApplication one(String text) {
    List<ClusterBpfApplication> all = ManifestReader.readText("xdp.yaml", text);
    assertEquals(1, all.size());
    return all.getFirst();
  }

  private static List<String> problems(String text) {
    return ManifestReader.check("xdp.yaml", text).problems().stream()
        .map(ManifestProblem::describe)
        .toList();
  }

  private static void assertOnlyProblem(String text, String expected) {
    assertEquals(List.of(expected), problems(text));
  }

  private static XdpLink link(ClusterBpfApplication application) {
    var xdp = application.getSpec().getPrograms().getFirst().getXdp();
    assertNotNull(xdp);
    return xdp.getLinks().getFirst();
  }

  @Test
  void readsBothFormsOfGlobalData() {
    var data = one(Samples.XDP).getSpec().getGlobalData();
    assertArrayEquals(new byte[] {1, 0, 0, (byte) 255}, data.get("list"));
    assertArrayEquals(new byte[] {1, 2, 3, 4}, data.get("text"));
  }

  @Test
  void writesGlobalDataAsBase64AndReadsItBack() {
    String yaml = ManifestWriter.toYaml(one(Samples.XDP));
    assertTrue(yaml.contains("list: AQAA/w=="), yaml);
    assertEquals(yaml, ManifestWriter.toYaml(one(yaml)));
  }

  @Test
  void fillsInDefaults() {
    XdpLink link = link(one(Samples.with("            priority: 55\n", "")));
    assertEquals(1000, link.getPriority());
    assertEquals(List.of(XdpProceedOn.PASS, XdpProceedOn.DISPATCHER_RETURN), link.getProceedOn());
  }

  @Test
  void keepsAnEmptyProceedOnList() {
    String text = Samples.with("priority: 55", "proceedOn: []");
    assertEquals(List.of(), link(one(text)).getProceedOn());
    assertEquals(List.of(), link(one(ManifestWriter.toYaml(one(text)))).getProceedOn());
  }

  @Test
  void excludesLoopbackWhenDiscoveryDoesNotSayOtherwise() {
    String text =
        Samples.with(
            "interfaces: [eth0]", "interfacesDiscoveryConfig: {interfaceAutoDiscovery: true}");
    var selector = link(one(text)).getInterfaceSelector();
    assertNotNull(selector);
    assertNotNull(selector.getInterfacesDiscoveryConfig());
    assertEquals(List.of("lo"), selector.getInterfacesDiscoveryConfig().getExcludeInterfaces());
  }

  @Test
  void readsSeveralDocumentsAndSkipsEmptyOnes() {
    String text = "---\n" + Samples.XDP + "---\n# nothing\n---\n" + Samples.with("xdp-c", "c");
    assertEquals(2, ManifestReader.readText("xdp.yaml", text).size());
  }

  @Test
  void unknownFieldNamesLinePathAndKnownFieldsNearestFirst() {
    assertOnlyProblem(
        Samples.with("priority: 55", "priorty: 55"),
        "xdp.yaml:19:13: spec.programs[0].xdp.links[0].priorty: unknown field; "
            + "known: priority, proceedOn, interfaceSelector, networkNamespaces");
  }

  @Test
  void unknownFieldOfASelectorIsNotSwallowed() {
    assertOnlyProblem(
        Samples.with("nodeSelector: {}", "nodeSelector: {matchlabels: {a: b}}"),
        "xdp.yaml:6:18: spec.nodeSelector.matchlabels: unknown field; "
            + "known: matchLabels, matchExpressions");
  }

  @Test
  void wrongTypesAreAllReported() {
    String text = Samples.with("priority: 55", "priority: high").replace("[eth0]", "eth0");
    assertEquals(
        List.of(
            "xdp.yaml:18:15: spec.programs[0].xdp.links[0].interfaceSelector.interfaces: "
                + "wrong type: must be a list, is the text \"eth0\"",
            "xdp.yaml:19:13: spec.programs[0].xdp.links[0].priority: "
                + "wrong type: must be an integer, is the text \"high\""),
        problems(text));
  }

  @Test
  void numbersAndBooleansAreNoText() {
    assertOnlyProblem(
        Samples.with("name: xdp-counter", "name: 12"),
        "xdp.yaml:4:3: metadata.name: wrong type: must be text, is 12");
  }

  @Test
  void badEnumValueListsTheKnownOnes() {
    assertOnlyProblem(
        Samples.with("priority: 55", "proceedOn: [Pas]"),
        "xdp.yaml:19:25: spec.programs[0].xdp.links[0].proceedOn[0]: unknown value \"Pas\"; "
            + "known: Pass, TX, Drop, Aborted, ReDirect, DispatcherReturn");
  }

  @Test
  void badProgramTypeListsAllTypes() {
    assertOnlyProblem(
        Samples.with("type: XDP", "type: XDPP"),
        "xdp.yaml:14:7: spec.programs[0].type: unknown value \"XDPP\"; known: "
            + "XDP, TC, TCX, FExit, FEntry, KProbe, UProbe, KRetProbe, URetProbe, TracePoint");
  }

  @Test
  void unknownFieldAmongTwelveIsToldAllOfThem() {
    assertOnlyProblem(
        Samples.with("type: XDP", "xdpp: {}\n      type: XDP"),
        "xdp.yaml:14:7: spec.programs[0].xdpp: unknown field; "
            + "known: xdp, type, name, tc, tcx, fexit, fentry, kprobe, "
            + "uprobe, kretprobe, uretprobe, tracepoint");
  }

  @Test
  void brokenYamlNamesThePlace() {
    List<String> found = problems(Samples.with("[eth0]", "[eth0"));
    assertEquals(1, found.size());
    assertTrue(found.getFirst().startsWith("xdp.yaml:19:21: broken YAML: "), found.getFirst());
  }

  @Test
  void otherKindsAndVersionsAreRefused() {
    assertOnlyProblem(
        Samples.with("kind: Cluster", "kind: "),
        "xdp.yaml:2:1: kind: \"BpfApplication\" is not known; must be ClusterBpfApplication");
    assertOnlyProblem(
        Samples.with("v1alpha1", "v1"),
        "xdp.yaml:1:1: apiVersion: \"bpfman.io/v1\" is not known; must be bpfman.io/v1alpha1");
    assertOnlyProblem(
        "just text", "xdp.yaml:1:1: wrong type: must be a mapping, is the text \"just text\"");
  }

  @Test
  void keysThatStandTwiceAreRefused() {
    assertOnlyProblem(
        Samples.with("priority: 55", "priority: 55\n            priority: 56"),
        "xdp.yaml:20:13: spec.programs[0].xdp.links[0].priority: stands here twice");
  }

  @Test
  void twoObjectsOfOneNameInAFileAreRefused() {
    assertOnlyProblem(
        Samples.XDP + "---\n" + Samples.XDP,
        "xdp.yaml:24:3: metadata.name: "
            + "ClusterBpfApplication \"xdp-counter\" is already in line 4");
  }

  @Test
  void badGlobalDataIsRefused() {
    assertOnlyProblem(
        Samples.with("[1, 0, 0, 255]", "[1, 256]"),
        "xdp.yaml:10:15: spec.globalData.list[1]: must be an integer 0 to 255, is 256");
    assertTrue(problems(Samples.with("AQIDBA==", "a*")).getFirst().contains("not base64"));
  }

  @Test
  void brokenRulesHaveLinesToo() {
    assertOnlyProblem(
        Samples.with("priority: 55", "priority: 1001"),
        "xdp.yaml:19:13: spec.programs[0].xdp.links[0].priority: must be 0 to 1000, is 1001");
  }

  @Test
  void deepAndAliasedDocumentsAreBounded() {
    assertTrue(problems("[".repeat(100_000)).getFirst().contains("nested deeper than 64"));
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
    }
    assertTrue(
        problems(bomb.toString()).getFirst().contains("aliases"),
        problems(bomb.toString()).getFirst());
  }

  @Test
  void selfContainingAliasesEnd() {
    String text = Samples.with("nodeSelector: {}", "nodeSelector: &n {matchLabels: *n}");
    assertTrue(!problems(text).isEmpty());
  }

  @Test
  void fileProblemsNameTheFile(@TempDir Path directory) throws IOException {
    Path missing = directory.resolve("missing.yaml");
    BpfmanException thrown =
        assertThrows(BpfmanException.class, () -> ManifestReader.readFile(missing));
    assertEquals(FailureCode.MANIFEST_INVALID, thrown.code());
    assertEquals(missing + ": does not exist", thrown.getMessage());

    Path large = Files.writeString(directory.resolve("large.yaml"), "#".repeat((1 << 20) + 1));
    assertTrue(
        ManifestReader.checkFile(large).problems().getFirst().message().startsWith("larger than"));

    Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {(byte) 0xe4, ':'});
    assertEquals(
        "is not UTF-8 text", ManifestReader.checkFile(latin).problems().getFirst().message());
  }

  @Test
  void severalProblemsMakeOneFailureWithALineEach() {
    String text = Samples.with("priority: 55", "priorty: 1").replace("eth0", "5");
    BpfmanException thrown =
        assertThrows(BpfmanException.class, () -> ManifestReader.readText("xdp.yaml", text));
    assertEquals(2, thrown.failure().message().lines().count());
  }
}
