package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
            Fixtures.application("b", "{}"),
            Fixtures.application("c", "{matchLabels: {zone: x}}"),
            Fixtures.application("a", "{matchLabels: {zone: y}}"));
    assertEquals(
        List.of("ClusterBpfApplication/a", "ClusterBpfApplication/b"),
        DesiredStates.forNode(all, Map.of("zone", "y")).stream().map(Application::getKey).toList());
  }

  @Test
  void carriesObjectGlobalDataAndXdpLinks() {
    Application wanted = DesiredStates.application(Fixtures.application("a", "{}"));
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
        DesiredStates.application(ManifestReader.readText("x", text).getFirst()).getProgramsList();
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
