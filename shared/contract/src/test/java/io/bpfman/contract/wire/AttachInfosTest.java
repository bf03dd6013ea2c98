package io.bpfman.contract.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Direction;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.KprobeAttachInfo;
import io.bpfman.proto.v1.TCAttachInfo;
import io.bpfman.proto.v1.TCXAttachInfo;
import io.bpfman.proto.v1.TracepointAttachInfo;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttachInfosTest {
  private static final NetworkHook ETH0 = new NetworkHook("eth0", null);
  private static final NetworkHook BLUE = new NetworkHook("veth0", "/run/netns/blue");
  private static final Map<String, String> METADATA = Map.of("owner", "me");

  static Stream<AttachSpec> everyKind() {
    return Stream.of(
        new AttachSpec.Xdp(ETH0, 0, Set.of(XdpAction.PASS)),
        new AttachSpec.Xdp(BLUE, 1000, Set.of(XdpAction.ABORTED, XdpAction.DISPATCHER_RETURN)),
        new AttachSpec.Tc(BLUE, Direction.EGRESS, 7, Set.of(TcAction.UNSPEC, TcAction.TRAP)),
        new AttachSpec.Tcx(ETH0, Direction.INGRESS, 3),
        new AttachSpec.Tcx(BLUE, Direction.EGRESS, 3),
        new AttachSpec.Tracepoint("syscalls", "sys_enter_openat"),
        new AttachSpec.Kprobe("do_unlinkat", 16, null),
        new AttachSpec.Kprobe("do_unlinkat", 0, 42),
        new AttachSpec.Uprobe("libc.so.6", "malloc", 0, null, null),
        new AttachSpec.Uprobe("/bin/true", null, 0x1234, 5, 6),
        new AttachSpec.Fentry(),
        new AttachSpec.Fexit(),
        new AttachSpec.Lsm());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void everyKindComesBackEqualWithItsMetadata(AttachSpec spec) {
    AttachInfo wire = AttachInfos.toProto(spec, METADATA);

    assertEquals(spec, AttachInfos.fromProto(wire));
    assertEquals(METADATA, AttachInfos.metadata(wire));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void aPositionIsAnsweredOfNetworkHooksOnlyAndIsNoPartOfTheSpecification(AttachSpec spec) {
    AttachInfo wire = AttachInfos.toProto(spec, METADATA);
    AttachInfo placed = AttachInfos.at(3, wire);

    assertEquals(spec, AttachInfos.fromProto(placed));
    assertEquals(METADATA, AttachInfos.metadata(placed));
    switch (spec) {
      case AttachSpec.Xdp _ -> assertEquals(3, placed.getXdpAttachInfo().getPosition());
      case AttachSpec.Tc _ -> assertEquals(3, placed.getTcAttachInfo().getPosition());
      case AttachSpec.Tcx _ -> assertEquals(3, placed.getTcxAttachInfo().getPosition());
      default -> assertEquals(wire, placed);
    }
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        Arguments.of(xdp(XDPAttachInfo.newBuilder()), "iface is empty"),
        Arguments.of(xdp(XDPAttachInfo.newBuilder().setIface("e").setPriority(-1)), "priority -1"),
        Arguments.of(
            xdp(XDPAttachInfo.newBuilder().setIface("e").addProceedOn(2).addProceedOn(5)),
            "31 dispatcher_return"),
        Arguments.of(tc(TCAttachInfo.newBuilder().setDirection("ingress")), "iface is empty"),
        Arguments.of(tc(TCAttachInfo.newBuilder().setIface("e")), "use ingress or egress"),
        Arguments.of(
            tc(TCAttachInfo.newBuilder().setIface("e").setDirection("egress").addProceedOn(9)),
            "-1 unspec"),
        Arguments.of(
            tc(TCAttachInfo.newBuilder().setIface("e").setDirection("egress").setPriority(-5)),
            "priority -5"),
        Arguments.of(tcx(TCXAttachInfo.newBuilder().setDirection("egress")), "iface is empty"),
        Arguments.of(tcx(TCXAttachInfo.newBuilder().setIface("e").setDirection("up")), "\"up\""),
        Arguments.of(
            tcx(TCXAttachInfo.newBuilder().setIface("e").setDirection("egress").setPriority(-2)),
            "priority -2"),
        Arguments.of(tracepoint("openat"), "\"openat\" is not of the form"),
        Arguments.of(tracepoint("/openat"), "group/name"),
        Arguments.of(tracepoint("syscalls/"), "group/name"),
        Arguments.of(tracepoint("a/b/c"), "group/name"),
        Arguments.of(kprobe(KprobeAttachInfo.newBuilder()), "fn_name of the kprobe is empty"),
        Arguments.of(
            kprobe(KprobeAttachInfo.newBuilder().setFnName("f").setContainerPid(-1)),
            "container_pid -1"),
        Arguments.of(
            kprobe(KprobeAttachInfo.newBuilder().setFnName("f").setOffset(-1)),
            "18446744073709551615"),
        Arguments.of(uprobe(UprobeAttachInfo.newBuilder().setFnName("f")), "target of the uprobe"),
        Arguments.of(
            uprobe(UprobeAttachInfo.newBuilder().setTarget("t").setFnName("f").setPid(-7)),
            "pid -7"),
        Arguments.of(
            uprobe(UprobeAttachInfo.newBuilder().setTarget("t").setFnName("f").setContainerPid(-8)),
            "container_pid -8"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void aWrongFieldIsNamedWithTheWayOut(AttachInfo info, String expected) {
    BpfmanException thrown = assertThrows(BpfmanException.class, () -> AttachInfos.fromProto(info));

    assertEquals(FailureCode.INVALID_REQUEST, thrown.code());
    assertTrue(thrown.failure().describe().contains(expected), thrown.failure().describe());
  }

  @Test
  void noKindAtAllIsUnimplementedAsUpstream() {
    BpfmanException thrown =
        assertThrows(
            BpfmanException.class, () -> AttachInfos.fromProto(AttachInfo.getDefaultInstance()));

    assertEquals(FailureCode.UNIMPLEMENTED, thrown.code());
    assertEquals(Map.of(), AttachInfos.metadata(AttachInfo.getDefaultInstance()));
  }

  @Test
  void aUprobeWithoutFunctionAndOffsetHasNoPlaceToGo() {
    AttachInfo info = uprobe(UprobeAttachInfo.newBuilder().setTarget("/bin/true"));

    BpfmanException thrown = assertThrows(BpfmanException.class, () -> AttachInfos.fromProto(info));
    assertEquals(FailureCode.SYMBOL_NOT_FOUND, thrown.code());
  }

  @Test
  void emptyProceedOnMeansTheDefault() {
    assertEquals(
        new AttachSpec.Xdp(ETH0, 0, XdpAction.defaultProceedOn()),
        AttachInfos.fromProto(xdp(XDPAttachInfo.newBuilder().setIface("eth0"))));
    assertEquals(
        new AttachSpec.Tc(ETH0, Direction.INGRESS, 0, TcAction.defaultProceedOn()),
        AttachInfos.fromProto(
            tc(TCAttachInfo.newBuilder().setIface("eth0").setDirection("ingress"))));
  }

  @Test
  void emptyNetnsAndFunctionCountAsAbsent() {
    assertEquals(
        new AttachSpec.Tcx(ETH0, Direction.INGRESS, 0),
        AttachInfos.fromProto(
            tcx(TCXAttachInfo.newBuilder().setIface("eth0").setDirection("ingress").setNetns(""))));
    assertEquals(
        new AttachSpec.Uprobe("t", null, 8, null, null),
        AttachInfos.fromProto(
            uprobe(UprobeAttachInfo.newBuilder().setTarget("t").setFnName("").setOffset(8))));
  }

  private static AttachInfo xdp(XDPAttachInfo.Builder info) {
    return AttachInfo.newBuilder().setXdpAttachInfo(info).build();
  }

  private static AttachInfo tc(TCAttachInfo.Builder info) {
    return AttachInfo.newBuilder().setTcAttachInfo(info).build();
  }

  private static AttachInfo tcx(TCXAttachInfo.Builder info) {
    return AttachInfo.newBuilder().setTcxAttachInfo(info).build();
  }

  private static AttachInfo tracepoint(String text) {
    return AttachInfo.newBuilder()
        .setTracepointAttachInfo(TracepointAttachInfo.newBuilder().setTracepoint(text))
        .build();
  }

  private static AttachInfo kprobe(KprobeAttachInfo.Builder info) {
    return AttachInfo.newBuilder().setKprobeAttachInfo(info).build();
  }

  private static AttachInfo uprobe(UprobeAttachInfo.Builder info) {
    return AttachInfo.newBuilder().setUprobeAttachInfo(info).build();
  }
}
