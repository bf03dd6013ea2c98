package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Direction;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcxOrderTest {
  private static final NetworkHook ETH0 = new NetworkHook("eth0", null);

  @Test
  void firstProgramGoesBehindEverythingOnTheHook() {
    assertEquals(new TcxPosition.Last(), TcxOrder.positionOf(link(1, 50), List.of()));
  }

  @Test
  void smallerPriorityGoesBeforeTheFirstLargerOne() {
    List<LinkRecord> peers = List.of(link(2, 90), link(1, 30), link(3, 60));
    assertEquals(new TcxPosition.Before(103), TcxOrder.positionOf(link(4, 50), peers));
  }

  @Test
  void largestPriorityGoesBehindTheLastOfOurs() {
    List<LinkRecord> peers = List.of(link(2, 90), link(1, 30));
    assertEquals(new TcxPosition.After(102), TcxOrder.positionOf(link(4, 95), peers));
  }

  @Test
  void equalPriorityGoesBehindTheOlderOne() {
    List<LinkRecord> peers = List.of(link(1, 50), link(2, 60));
    assertEquals(new TcxPosition.Before(102), TcxOrder.positionOf(link(3, 50), peers));
  }

  @Test
  void reattachedLinkKeepsItsPlaceAmongEqualPriorities() {
    List<LinkRecord> peers = List.of(link(1, 50), link(3, 50));
    assertEquals(new TcxPosition.Before(103), TcxOrder.positionOf(link(2, 50), peers));
  }

  private static LinkRecord link(long id, int priority) {
    return AttachedLinks.of(id, new AttachSpec.Tcx(ETH0, Direction.INGRESS, priority), null);
  }
}
