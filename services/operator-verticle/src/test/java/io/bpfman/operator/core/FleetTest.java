package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.NodeReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetTest {
  private final Fleet fleet = new Fleet(Fixtures.HEARTBEAT, 0);

  @Test
  void nothingIsSentBeforeTheApplicationsAreKnown() {
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    assertEquals(Optional.empty(), fleet.toSend("n1"));
    fleet.setApplications(List.of());
    assertTrue(fleet.toSend("n1").isPresent());
  }

  @Test
  void nothingIsSentToANodeThatHoldsIt() {
    fleet.setApplications(List.of(Fixtures.managed("a", "{}")));
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    DesiredState state = fleet.toSend("n1").orElseThrow();
    fleet.acknowledged(state, state.getRevision());
    assertEquals(Optional.empty(), fleet.toSend("n1"));
  }

  @Test
  void aReportOfOtherContentBringsTheStateAgain() {
    fleet.setApplications(List.of(Fixtures.managed("a", "{}")));
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    DesiredState state = fleet.toSend("n1").orElseThrow();
    fleet.acknowledged(state, state.getRevision());
    fleet.report(Fixtures.heartbeat("n1").build(), Fixtures.START);
    assertEquals(state, fleet.toSend("n1").orElseThrow());
  }

  @Test
  void onlyNodesWhosePartChangedGetAMessage() {
    fleet.setApplications(List.of());
    for (String node : List.of("n1", "n2")) {
      fleet.report(Fixtures.full(node), Fixtures.START);
      DesiredState state = fleet.toSend(node).orElseThrow();
      fleet.acknowledged(state, state.getRevision());
    }
    fleet.setApplications(List.of(Fixtures.managed("a", "{matchLabels: {host: n2}}")));
    assertEquals(Optional.empty(), fleet.toSend("n1"));
    assertTrue(fleet.toSend("n2").isPresent());
  }

  @Test
  void wantsAFullReportWhenTheObservedDigestIsAnother() {
    var loaded = Fixtures.loaded("a", LinkState.LINK_STATE_ATTACHED);
    assertTrue(fleet.report(Fixtures.heartbeat("n1").build(), Fixtures.START).wantFull());
    NodeReport full = Fixtures.full("n1", loaded);
    assertFalse(fleet.report(full, Fixtures.START).wantFull());
    assertFalse(
        fleet
            .report(
                Fixtures.heartbeat("n1").setObservedDigest(full.getObservedDigest()).build(),
                Fixtures.START)
            .wantFull());
    assertTrue(
        fleet
            .report(
                Fixtures.heartbeat("n1").setObservedDigest(ByteString.copyFromUtf8("x")).build(),
                Fixtures.START)
            .wantFull());
  }

  @Test
  void anOvertakenReportChangesNothing() {
    NodeReport old = Fixtures.full("n1");
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("a", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    assertFalse(fleet.report(old, Fixtures.START).changed());
    assertEquals(1, fleet.nodes().iterator().next().applications().size());
  }

  @Test
  void nodesShareKeysAndAReportThatSaysTheSameIsHeldOnce() {
    ManagedApplication application = Fixtures.managed("app", "{}");
    fleet.setApplications(List.of(application));
    var loaded = Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED);
    fleet.report(Fixtures.full("n1", loaded), Fixtures.START);
    NodeView first = fleet.nodes().iterator().next();
    assertSame(application.key(), first.applications().iterator().next());
    fleet.report(Fixtures.full("n1", loaded.toBuilder().build()), Fixtures.START);
    NodeView second = fleet.nodes().iterator().next();
    assertSame(first.report(application.key()), second.report(application.key()));
  }

  @Test
  void aNodeThatComesBackJoinsAgain() {
    assertTrue(fleet.report(Fixtures.full("n1"), Fixtures.START).joined());
    assertFalse(fleet.report(Fixtures.full("n1"), Fixtures.START).joined());
    fleet.expire(Fixtures.START.plusSeconds(15));
    assertTrue(fleet.report(Fixtures.full("n1"), Fixtures.START.plusSeconds(16)).joined());
  }

  private NodeReport.Builder holding(DesiredState state) {
    return Fixtures.heartbeat(state.getNode())
        .setDesiredEpoch(state.getEpoch())
        .setDesiredRevision(state.getRevision())
        .setDesiredDigest(state.getDigest());
  }

  private DesiredState sentTo(Fleet leader, String node) {
    leader.setApplications(List.of(Fixtures.managed("a", "{}")));
    leader.report(Fixtures.full(node), Fixtures.START);
    return leader.toSend(node).orElseThrow();
  }

  @Test
  void aNewLeaderSendsItsEpochToNodesThatHoldTheRightState() {
    DesiredState before = sentTo(fleet, "n1");
    Fleet next = new Fleet(Fixtures.HEARTBEAT, 3);
    next.setApplications(List.of(Fixtures.managed("a", "{}")));
    next.report(holding(before).build(), Fixtures.START);
    DesiredState again = next.toSend("n1").orElseThrow();
    assertEquals(before.toBuilder().setEpoch(3).build(), again);
    next.acknowledged(again, again.getRevision());
    assertEquals(Optional.empty(), next.toSend("n1"));
  }

  @Test
  void nothingThatANodeSaysChangesEpochAndRevisionThatItIsSent() {
    DesiredState before = sentTo(fleet, "n1");
    for (long number : List.of(Long.MAX_VALUE, -1L, 7L)) {
      fleet.report(
          holding(before).setDesiredEpoch(number).setDesiredRevision(number).build(),
          Fixtures.START);
      assertEquals(before, fleet.toSend("n1").orElseThrow());
    }
  }

  @Test
  void aReportFarAheadIsMadeUpAndTheNextOneCounts() {
    NodeReport first = Fixtures.full("n1");
    fleet.report(first, Fixtures.START);
    fleet.report(first.toBuilder().setSequence(Long.MAX_VALUE).build(), Fixtures.START);
    assertTrue(
        fleet
            .report(
                Fixtures.full("n1", Fixtures.loaded("a", LinkState.LINK_STATE_ATTACHED)),
                Fixtures.START)
            .changed());
  }

  @Test
  void aNodeThatWasSilentIsBelievedWhateverItsNumberSays() {
    NodeReport first = Fixtures.full("n1");
    fleet.report(first.toBuilder().setSequence(Long.MAX_VALUE).build(), Fixtures.START);
    fleet.expire(Fixtures.START.plusSeconds(15));
    assertTrue(fleet.report(first, Fixtures.START.plusSeconds(16)).joined());
  }

  @Test
  void madeUpNodesAreBounded() {
    for (int i = 0; i < Fleet.MOST_NODES; i++) {
      fleet.report(Fixtures.heartbeat("n" + i).build(), Fixtures.START);
    }
    assertTrue(fleet.report(Fixtures.full("one more"), Fixtures.START).unknown());
    assertFalse(fleet.report(Fixtures.full("n1"), Fixtures.START).unknown());
  }

  @Test
  void onlyNodesOfTheRosterGetAnythingAndByItsLabels() {
    fleet.setApplications(List.of(Fixtures.managed("a", "{matchLabels: {zone: x}}")));
    fleet.setRoster(Map.of("n1", Map.of("zone", "x")), Fixtures.START);
    assertTrue(fleet.report(Fixtures.full("n9"), Fixtures.START).unknown());
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    assertEquals(1, fleet.toSend("n1").orElseThrow().getApplicationsCount());
    assertEquals(Optional.empty(), fleet.toSend("n9"));
    fleet.setRoster(Map.of("n1", Map.of("zone", "y")), Fixtures.START);
    assertEquals(0, fleet.toSend("n1").orElseThrow().getApplicationsCount());
    fleet.setRoster(Map.of(), Fixtures.START);
    assertEquals(List.of(), List.copyOf(fleet.nodes()));
  }

  @Test
  void aNodeOfTheRosterThatNeverReportsBecomesSilent() {
    fleet.setRoster(Map.of("n1", Map.of()), Fixtures.START);
    assertEquals(List.of(), fleet.expire(Fixtures.START.plusSeconds(14)));
    assertEquals(List.of("n1"), fleet.expire(Fixtures.START.plusSeconds(15)));
    assertEquals(1, fleet.nodes().size());
  }

  @Test
  void anAwaitedNodeThatNeverReportsIsForgottenWithoutRoster() {
    fleet.await(List.of("n1"), Fixtures.START);
    fleet.expire(Fixtures.START.plusSeconds(15));
    assertEquals(List.of(), List.copyOf(fleet.nodes()));
  }
}
