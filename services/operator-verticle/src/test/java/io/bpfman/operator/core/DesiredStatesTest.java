package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.api.manifest.ManifestReader;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.bpfman.proto.bus.v1.NetworkLink;
import io.bpfman.proto.bus.v1.Program;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DesiredStatesTest {

  @Test
  void aNodeGetsTheApplicationsThatSelectItOrderedByKey() {
    var all =
        List.of(
            Fixtures.managed("b", "{}"),
            Fixtures.managed("c", "{matchLabels: {zone: x}}"),
            Fixtures.managed("a", "{matchLabels: {zone: b}}"));
    assertEquals(
        List.of("ClusterBpfApplication/a", "ClusterBpfApplication/b"),
        keys(DesiredStates.none().next(all), Map.of("zone", "b")));
  }

  private static List<String> keys(DesiredStates desired, Map<String, String> labels) {
    return desired.forLabels(labels).applications().stream().map(Application::getKey).toList();
  }

  @Test
  void nodesThatNeedTheSameShareIt() {
    DesiredStates desired =
        DesiredStates.none().next(List.of(Fixtures.managed("a", "{matchLabels: {zone: x}}")));
    Wanted first = desired.forLabels(Map.of("zone", "x", "host", "n1"));
    assertSame(first, desired.forLabels(Map.of("zone", "x", "host", "n2")));
    assertNotEquals(first.digest(), desired.forLabels(Map.of()).digest());
  }

  @Test
  void whatDidNotChangeIsNotMadeAgain() {
    ManagedApplication kept = Fixtures.managed("a", "{}");
    DesiredStates before = DesiredStates.none().next(List.of(kept));
    DesiredStates after = before.next(List.of(kept, Fixtures.managed("b", "{}")));
    assertSame(
        before.forLabels(Map.of()).applications().getFirst(),
        after.forLabels(Map.of()).applications().getFirst());
  }

  @Test
  void anApplicationBeingDeletedOrNeverUsableIsNotWanted() {
    ManagedApplication deleted = Fixtures.managed("a", "{}");
    deleted.resource().getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    ManagedApplication refused = Fixtures.managed("b", "{}").refused(1, "spec.programs: no");
    assertEquals(List.of(), keys(DesiredStates.none().next(List.of(deleted, refused)), Map.of()));
  }

  @Test
  void theLastUsableSpecStaysWantedWhenANewerOneIsRefused() {
    ManagedApplication refused = Fixtures.managed("a", "{}").refused(2, "spec.programs: no");
    Application wanted =
        DesiredStates.none().next(List.of(refused)).forLabels(Map.of()).applications().getFirst();
    assertEquals(1, wanted.getGeneration());
  }

  @Test
  void carriesObjectGlobalDataAndXdpLinks() {
    Application wanted = DesiredApplications.of(Fixtures.managed("a", "{}"));
    assertEquals("/opt/x.o", wanted.getBytecode().getFile());
    assertEquals(
        ByteString.copyFrom(new byte[] {1, 0, 0, 0}), wanted.getGlobalDataOrThrow("limit"));
    NetworkLink link = wanted.getPrograms(0).getLinks(0).getNetwork();
    assertEquals(List.of("eth0"), link.getInterfaces().getNamesList());
    assertEquals(50, link.getPriority());
    assertEquals(List.of(2, 31), link.getProceedOnList());
    assertEquals("", link.getDirection());
  }

  @Test
  void everyTypeKeepsItsSpellingAndLinks() {
    String programs =
        """
        - {name: p_tc, type: TC, tc: {links: [{interfaceSelector: {primaryNodeInterface: true}, direction: Egress, proceedOn: [UnSpec]}]}}
        - {name: p_tcx, type: TCX, tcx: {links: [{interfaceSelector: {interfacesDiscoveryConfig: {interfaceAutoDiscovery: true}}, direction: Ingress, networkNamespaces: {pods: {}}}]}}
        - {name: p_fentry, type: FEntry, fentry: {function: do_unlinkat, links: [{mode: Attach}]}}
        - {name: p_kret, type: KRetProbe, kretprobe: {links: [{function: try_to_wake_up}]}}
        - {name: p_uret, type: URetProbe, uretprobe: {links: [{target: libc, function: malloc, offset: 8, pid: 3, containers: {pods: {}}}]}}
        - {name: p_trace, type: TracePoint, tracepoint: {links: [{name: syscalls/sys_enter_openat}]}}
        """;
    String manifest = Fixtures.manifest("a", "{}", 1);
    String text =
        manifest.substring(0, manifest.indexOf("  programs:\n"))
            + "  programs:\n"
            + programs.indent(4);
    List<Program> wanted =
        DesiredApplications.of(ManagedApplication.of(ManifestReader.readText("x", text).getFirst()))
            .getProgramsList();
    assertEquals(
        List.of("TC", "TCX", "FEntry", "KRetProbe", "URetProbe", "TracePoint"),
        wanted.stream().map(Program::getType).toList());
    NetworkLink tc = wanted.get(0).getLinks(0).getNetwork();
    assertEquals("egress", tc.getDirection());
    assertEquals(List.of(-1), tc.getProceedOnList());
    assertEquals(1000, tc.getPriority());
    assertTrue(tc.getInterfaces().getPrimary());
    NetworkLink tcx = wanted.get(1).getLinks(0).getNetwork();
    assertTrue(tcx.getNeedsPods());
    assertEquals(List.of("lo"), tcx.getInterfaces().getDiscovery().getExcludeList());
    assertEquals("do_unlinkat", wanted.get(2).getAttachFunction());
    assertEquals(LinkSpec.SpecCase.FIXED, wanted.get(2).getLinks(0).getSpecCase());
    assertEquals("try_to_wake_up", wanted.get(3).getLinks(0).getKprobe().getFunction());
    var uprobe = wanted.get(4).getLinks(0).getUprobe();
    assertEquals(
        "libc malloc 8 3 true",
        "%s %s %d %d %b"
            .formatted(
                uprobe.getTarget(),
                uprobe.getFunction(),
                uprobe.getOffset(),
                uprobe.getPid(),
                uprobe.getNeedsPods()));
    assertEquals("syscalls/sys_enter_openat", wanted.get(5).getLinks(0).getTracepoint().getName());
  }
}
