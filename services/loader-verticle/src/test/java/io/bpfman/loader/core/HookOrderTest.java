package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.Direction;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.Placement;
import io.bpfman.model.XdpAction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HookOrderTest {
  private static final NetworkHook ETH0 = new NetworkHook("eth0", null);
  private static final HookId HERE = new HookId(4026531840L, 2);

  @Test
  void aLaterLinkOfSmallerPriorityMovesTheEarlierOneBack() {
    assertEquals(Map.of(1L, 1, 2L, 0), places(tcx(1, 20), tcx(2, 10)));
  }

  @Test
  void equalPrioritiesAreInTheOrderOfAttaching() {
    assertEquals(Map.of(1L, 1, 2L, 2, 3L, 0), places(tcx(2, 50), tcx(3, 0), tcx(1, 50)));
  }

  @Test
  void netnsInterfaceDirectionAndKindAreCountedApart() {
    AttachSpec ingress = new AttachSpec.Tcx(ETH0, Direction.INGRESS, 9);
    assertEquals(
        Map.of(1L, 0, 2L, 0, 3L, 0, 4L, 0, 5L, 0, 6L, 0),
        places(
            tcx(1, 1),
            link(2, new AttachSpec.Tcx(ETH0, Direction.EGRESS, 9), HERE),
            link(3, ingress, new HookId(HERE.netns(), 3)),
            link(4, ingress, new HookId(1, HERE.interfaceIndex())),
            xdp(5, 9),
            link(6, new AttachSpec.Tc(ETH0, Direction.INGRESS, 9, Set.of()), HERE)));
  }

  @Test
  void membersOfChainsAreCountedWithoutEmptySlots() {
    assertEquals(Map.of(1L, 1, 3L, 0), places(xdp(1, 70), xdp(2, 60).detaching(), xdp(3, 50)));
  }

  @Test
  void linksThatAreNotAttachedHaveNoPlaceAndTakeNone() {
    LinkRecord begun = tcx(2, 1).unplaced();
    assertEquals(Map.of(3L, 0), places(tcx(1, 2).detaching(), begun, tcx(3, 3)));
  }

  @Test
  void linksOnNoNetworkHookHaveNoPlace() {
    LinkRecord point = link(1, new AttachSpec.Tracepoint("sched", "sched_switch"), null);
    assertEquals(Map.of(), places(point));
  }

  @Test
  void onlyPointsThatAreAskedForAreLookedAt() {
    LinkRecord elsewhere =
        link(2, new AttachSpec.Tcx(ETH0, Direction.INGRESS, 1), new HookId(7, 7));
    assertEquals(
        Map.of(new LinkId(1), 1, new LinkId(3), 0),
        HookOrder.places(
            HookOrder.pointsOf(List.of(tcx(1, 5))), List.of(tcx(1, 5), elsewhere, tcx(3, 4))));
  }

  private static Map<Long, Integer> places(LinkRecord... links) {
    List<LinkRecord> all = List.of(links);
    return HookOrder.places(HookOrder.pointsOf(all), all).entrySet().stream()
        .collect(Collectors.toMap(place -> place.getKey().value(), Map.Entry::getValue));
  }

  private static LinkRecord tcx(long id, int priority) {
    return link(id, new AttachSpec.Tcx(ETH0, Direction.INGRESS, priority), HERE);
  }

  private static LinkRecord xdp(long id, int priority) {
    return link(id, new AttachSpec.Xdp(ETH0, priority, XdpAction.defaultProceedOn()), HERE);
  }

  private static LinkRecord link(long id, AttachSpec spec, @Nullable HookId hook) {
    return AttachedLinks.of(
        id, spec, hook == null ? null : new Placement(hook, Placement.DIRECT, 7));
  }
}
