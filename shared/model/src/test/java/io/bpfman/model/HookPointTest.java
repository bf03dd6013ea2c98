package io.bpfman.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HookPointTest {
  private static final NetworkHook ETH0 = new NetworkHook("eth0", null);
  private static final HookId HERE = new HookId(4026531840L, 2);

  @Test
  void eachDirectionOfAnInterfaceIsAPointOfItsOwn() {
    assertEquals(new TcxPoint(HERE, Direction.INGRESS), tcx(Direction.INGRESS));
    assertEquals(new TcxPoint(HERE, Direction.EGRESS), tcx(Direction.EGRESS));
    assertEquals(new ChainKey(ChainType.TC_INGRESS, HERE), tc(Direction.INGRESS));
    assertEquals(new ChainKey(ChainType.TC_EGRESS, HERE), tc(Direction.EGRESS));
  }

  @Test
  void xdpHasOnePointOnAnInterface() {
    assertEquals(
        Optional.of(new ChainKey(ChainType.XDP, HERE)),
        HookPoint.of(new AttachSpec.Xdp(ETH0, 1, Set.of()), HERE));
  }

  @Test
  void whatIsOnNoInterfaceHasNoPoint() {
    AttachSpec tracepoint = new AttachSpec.Tracepoint("sched", "sched_switch");
    assertEquals(Optional.empty(), HookPoint.of(tracepoint, HERE));
    assertEquals(Optional.empty(), link(tracepoint, null).hookPoint());
  }

  @Test
  void aLinkHasAPointAsSoonAsItIsPlaced() {
    AttachSpec xdp = new AttachSpec.Xdp(ETH0, 1, Set.of());
    assertEquals(Optional.empty(), link(xdp, null).hookPoint());
    assertEquals(
        Optional.of(new ChainKey(ChainType.XDP, HERE)),
        link(xdp, new Placement(HERE, Placement.DIRECT, 7)).hookPoint());
  }

  private static HookPoint tcx(Direction direction) {
    return HookPoint.of(new AttachSpec.Tcx(ETH0, direction, 50), HERE).orElseThrow();
  }

  private static HookPoint tc(Direction direction) {
    return HookPoint.of(new AttachSpec.Tc(ETH0, direction, 50, Set.of()), HERE).orElseThrow();
  }

  private static LinkRecord link(AttachSpec spec, @Nullable Placement place) {
    return new LinkRecord(
        new LinkId(1),
        new ProgramId(7),
        spec,
        Map.of(),
        9,
        LinkRecord.Stage.ATTACHED,
        Instant.EPOCH,
        place);
  }
}
