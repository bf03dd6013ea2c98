package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.manifest.ManifestWriter;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.model.ApplicationKey;
import io.bpfman.operator.port.StatusSnapshot;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatusBookTest {
  private final Fleet fleet = new Fleet(Fixtures.HEARTBEAT, 0);
  private final StatusBook book = new StatusBook(StatusSnapshot.empty());

  StatusBookTest() {
    fleet.setApplications(List.of(Fixtures.managed("app", "{}")));
  }

  private StatusSnapshot now() {
    return book.update(fleet, List.of(), Fixtures.START);
  }

  private Condition condition(StatusSnapshot snapshot) {
    assertEquals(1, snapshot.applications().size());
    var status = snapshot.applications().getFirst().status();
    assertNotNull(status);
    assertEquals(1, status.getConditions().size());
    return status.getConditions().getFirst();
  }

  private static ApplicationStateStatus state(StatusSnapshot snapshot) {
    return Objects.requireNonNull(snapshot.states().getFirst().resource().getStatus());
  }

  private void assertApplication(String type, String message) {
    Condition condition = condition(now());
    assertEquals(message, condition.getMessage());
    assertEquals(type, condition.getType());
    assertEquals(type, condition.getReason());
    assertEquals("True", condition.getStatus());
  }

  @Test
  void pendingUntilANodeReports() {
    assertApplication("Pending", "no node has reported yet");
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    assertApplication("Pending", "0 of 1 selected nodes ready; waiting for: n1");
  }

  @Test
  void successWhenEverySelectedNodeIsReady() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    assertApplication("Success", "1 of 1 selected nodes ready");
  }

  @Test
  void aNodeThatIsNotSelectedHasNoStateAndHoldsNothingUp() {
    fleet.setApplications(List.of(Fixtures.managed("app", "{matchLabels: {host: other}}")));
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    assertApplication("Success", "the node selector matches none of 1 nodes");
    assertEquals(List.of(), now().states());
  }

  @Test
  void errorNamesNodeAndCause() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACH_ERROR)),
        Fixtures.START);
    assertApplication(
        "Error",
        "0 of 1 selected nodes ready; failing: n1 (count: InterfaceNotFound:"
            + " interface \"eth0\" does not exist; existing: lo)");
  }

  @Test
  void aLoaderThatCannotBeReachedIsAnErrorOfTheNode() {
    fleet.report(
        Fixtures.heartbeat("n1").setFull(true).setLoaderFailure(Fixtures.failure()).build(),
        Fixtures.START);
    assertEquals("Error", condition(now()).getType());
  }

  @Test
  void aSilentNodeIsNamedAndBlocksNobody() {
    var loaded = Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED);
    fleet.report(Fixtures.full("n1", loaded), Fixtures.START);
    fleet.report(Fixtures.full("n2", loaded), Fixtures.START.plusSeconds(10));
    assertEquals(List.of("n1"), fleet.expire(Fixtures.START.plusSeconds(15)));
    assertEquals(List.of(), fleet.expire(Fixtures.START.plusSeconds(16)));
    assertApplication("Success", "1 of 2 selected nodes ready; not reporting: n1");
    assertEquals("Pending", state(now()).getConditions().getFirst().getType());
  }

  @Test
  void aSuccessThatAttachedNothingAnywhereHasAReasonOfItsOwnAndOneSomewhereIsOne() {
    var loaded = Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED);
    var idle =
        loaded.toBuilder().setPrograms(0, loaded.getPrograms(0).toBuilder().clearLinks()).build();
    fleet.report(Fixtures.full("n1", idle), Fixtures.START);
    Condition condition = condition(now());
    assertEquals("Success", condition.getType());
    assertEquals("NoMatch", condition.getReason());
    assertEquals("1 of 1 selected nodes ready; links match nothing on: n1", condition.getMessage());
    fleet.report(Fixtures.full("n2", loaded), Fixtures.START);
    assertApplication("Success", "2 of 2 selected nodes ready; links match nothing on: n1");
  }

  @Test
  void programsOfAnApplicationThatDoesNotLoadFailToo() {
    var report =
        Fixtures.loaded("app", LinkState.LINK_STATE_NOT_ATTACHED).toBuilder()
            .setLoadState(LoadState.LOAD_STATE_ERROR)
            .setFailure(Fixtures.failure());
    report.getProgramsBuilder(0).setProgramId(0);
    fleet.report(Fixtures.full("n1", report.build()), Fixtures.START);
    assertEquals("Error", state(now()).getPrograms().getFirst().getProgramLinkStatus());
  }

  @Test
  void stateObjectsSayWhatIsThere() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    StatusSnapshot snapshot = now();
    var state = snapshot.states().getFirst().resource();
    assertTrue(state.getMetadata().getName().matches("app-[0-9a-f]{16}"));
    assertEquals("app", state.getMetadata().getLabels().get("bpfman.io/ownedByProgram"));
    assertEquals("n1", state.getMetadata().getLabels().get("kubernetes.io/hostname"));
    assertEquals("LoadSuccess", state(snapshot).getAppLoadStatus());
    var program = state(snapshot).getPrograms().getFirst();
    assertEquals(4294967295L, program.getProgramId());
    assertEquals("Success", program.getProgramLinkStatus());
    var xdp = program.getXdp();
    assertNotNull(xdp);
    assertEquals("Attached", xdp.getLinks().getFirst().getLinkStatus());
    assertEquals(7, xdp.getLinks().getFirst().getLinkId());
    assertEquals("eth0", xdp.getLinks().getFirst().getInterfaceName());
  }

  @Test
  void countsUpdatesAndKeepsTheTimeWhileTheTypeStays() {
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    StatusSnapshot first = now();
    assertEquals(1, state(first).getUpdateCount());
    StatusSnapshot same = book.update(fleet, List.of(), Fixtures.START.plusSeconds(60));
    assertEquals(
        first.states().stream().map(NodeState::resource).map(ManifestWriter::toYaml).toList(),
        same.states().stream().map(NodeState::resource).map(ManifestWriter::toYaml).toList());
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    StatusSnapshot third = book.update(fleet, List.of(), Fixtures.START.plusSeconds(90));
    assertEquals(2, state(third).getUpdateCount());
    assertEquals(
        "2026-01-01T00:01:30Z", state(third).getConditions().getFirst().getLastTransitionTime());
  }

  @Test
  void anApplicationThatIsGoneShowsUntilNoNodeHasIt() {
    var loaded = Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED);
    fleet.report(Fixtures.full("n1", loaded), Fixtures.START);
    fleet.setApplications(List.of());
    assertApplication("DeleteError", "is being removed; waiting for: n1");
    assertEquals(1, now().states().size());
    fleet.report(
        Fixtures.full(
            "n1",
            loaded.toBuilder()
                .setLoadState(LoadState.LOAD_STATE_UNLOAD_ERROR)
                .setFailure(Fixtures.failure())
                .build()),
        Fixtures.START);
    assertEquals("UnloadError", state(now()).getConditions().getFirst().getType());
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    assertEquals(List.of(), now().applications());
    assertEquals(List.of(), now().states());
  }

  @Test
  void anOldGenerationIsNotSuccess() {
    fleet.report(
        Fixtures.full(
            "n1",
            Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED).toBuilder()
                .setGeneration(0)
                .build()),
        Fixtures.START);
    assertEquals("Pending", condition(now()).getType());
  }

  private StatusBook restarted() {
    return new StatusBook(now());
  }

  /** What another process knows of the same cluster before the node has reported to it. */
  private static Fleet nextLeader(ManagedApplication application) {
    Fleet next = new Fleet(Fixtures.HEARTBEAT, 1);
    next.setRoster(Map.of("n1", Map.of()), Fixtures.START);
    next.setApplications(List.of(application));
    return next;
  }

  @Test
  void afterARestartTheOldStatusStandsUntilTheNodeReportsOrIsSilent() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    StatusSnapshot before = now();
    Fleet next = nextLeader(Fixtures.managed("app", "{}"));
    StatusBook again = restarted();
    StatusSnapshot after = again.update(next, List.of(), Fixtures.START.plusSeconds(60));
    assertSame(before.states().getFirst(), after.states().getFirst());
    assertSame(before.applications().getFirst().status(), after.applications().getFirst().status());
    next.expire(Fixtures.START.plusSeconds(90));
    StatusSnapshot silent = again.update(next, List.of(), Fixtures.START.plusSeconds(90));
    assertEquals(
        "no agent reports from node n1", state(silent).getConditions().getFirst().getMessage());
  }

  @Test
  void afterARestartAHeartbeatChangesNothingUntilTheFullReportIsOverdue() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    StatusSnapshot before = now();
    Fleet next = nextLeader(Fixtures.managed("app", "{}"));
    StatusBook again = restarted();
    next.report(Fixtures.heartbeat("n1").build(), Fixtures.START);
    StatusSnapshot after = again.update(next, List.of(), Fixtures.START);
    assertSame(before.states().getFirst(), after.states().getFirst());
    assertSame(before.applications().getFirst().status(), after.applications().getFirst().status());
    StatusSnapshot overdue = again.update(next, List.of(), Fixtures.START.plusSeconds(15));
    assertEquals(
        "node n1 has not taken up generation 1 yet",
        state(overdue).getConditions().getFirst().getMessage());
  }

  @Test
  void aNewLeaderCountsAnAwaitedNodeOfAnOldGenerationAsPendingAndLeavesItsStateAlone() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    StatusSnapshot before = now();
    var changed = Fixtures.application("app", "{}");
    changed.getMetadata().setGeneration(2L);
    Fleet next = nextLeader(ManagedApplication.of(changed));
    StatusBook again = restarted();
    for (int second = 1; second < 3; second++) {
      StatusSnapshot after = again.update(next, List.of(), Fixtures.START.plusSeconds(second));
      assertSame(before.states().getFirst(), after.states().getFirst());
      assertEquals("Pending", condition(after).getType());
    }
  }

  @Test
  void whatSaysTheSameStaysTheSameInstance() {
    ManagedApplication application = Fixtures.managed("app", "{}");
    fleet.setApplications(List.of(application));
    var loaded = Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED);
    fleet.report(Fixtures.full("n1", loaded), Fixtures.START);
    StatusSnapshot first = now();
    fleet.report(Fixtures.full("n1", loaded), Fixtures.START.plusSeconds(5));
    StatusSnapshot second = now();
    assertSame(first.states().getFirst(), second.states().getFirst());
    assertSame(first.applications().getFirst().status(), second.applications().getFirst().status());
  }

  @Test
  void theStatesOfAnApplicationStayTheSameListUntilOneChanges() {
    ManagedApplication application = Fixtures.managed("app", "{}");
    fleet.setApplications(List.of(application, Fixtures.managed("other", "{}")));
    var loaded = Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED);
    fleet.report(Fixtures.full("n1", loaded), Fixtures.START);
    StatusSnapshot first = now();
    fleet.report(
        Fixtures.full("n1", loaded, Fixtures.loaded("other", LinkState.LINK_STATE_ATTACHED)),
        Fixtures.START);
    StatusSnapshot second = now();
    ApplicationKey other = ApplicationKey.ofCluster("other");
    assertSame(
        first.byApplication().get(application.key()),
        second.byApplication().get(application.key()));
    assertNotSame(first.byApplication().get(other), second.byApplication().get(other));
  }

  @Test
  void aNodeThatLeavesTheRosterTakesItsStateAlong() {
    fleet.setRoster(Map.of("n1", Map.of(), "n2", Map.of()), Fixtures.START);
    assertEquals(List.of("n1", "n2"), now().states().stream().map(NodeState::node).toList());
    fleet.setRoster(Map.of("n2", Map.of()), Fixtures.START);
    assertEquals(List.of("n2"), now().states().stream().map(NodeState::node).toList());
  }

  @Test
  void theFirstOfManyAreNamedAndTheOthersCounted() {
    var failing = Fixtures.loaded("app", LinkState.LINK_STATE_ATTACH_ERROR);
    for (int node = 10; node < 30; node++) {
      fleet.report(
          node < 15 ? Fixtures.full("n" + node) : Fixtures.full("n" + node, failing),
          Fixtures.START);
    }
    Condition condition = condition(now());
    assertTrue(condition.getMessage().startsWith("0 of 20 selected nodes ready; failing: n15 ("));
    assertTrue(condition.getMessage().contains(") and 12 more; waiting for: n10, n11, n12 and 2"));
    var status = now().applications().getFirst().status();
    assertEquals(10, status.getFailures().size());
    assertEquals(15, Objects.requireNonNull(status.getNodes()).getFailing());
  }

  @Test
  void countsAndFailuresAreInTheStatus() {
    fleet.setRoster(
        Map.of("n1", Map.of(), "n2", Map.of(), "n3", Map.of(), "n4", Map.of()), Fixtures.START);
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    fleet.report(
        Fixtures.full("n2", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACH_ERROR)),
        Fixtures.START);
    fleet.report(Fixtures.full("n3"), Fixtures.START);
    var status = now().applications().getFirst().status();
    assertEquals(1, status.getObservedGeneration());
    var nodes = Objects.requireNonNull(status.getNodes());
    assertEquals(
        List.of(4, 1, 2, 1),
        List.of(nodes.getSelected(), nodes.getReady(), nodes.getPending(), nodes.getFailing()));
    assertEquals("n2", status.getFailures().getFirst().getNode());
    assertEquals("InterfaceNotFound", status.getFailures().getFirst().getReason());
  }

  @Test
  void aRefusedSpecIsAnErrorThatNamesTheFieldAndWhatStays() {
    ManagedApplication good = Fixtures.managed("app", "{}");
    fleet.setApplications(List.of(good.refused(2, "spec.programs[0].name: required")));
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    assertApplication(
        "Error",
        "generation 2 is not used: spec.programs[0].name: required;"
            + " generation 1 stays: 1 of 1 selected nodes ready");
    fleet.setApplications(List.of(good.refused(1, "spec.programs[0].name: required")));
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    assertApplication("Error", "spec.programs[0].name: required");
    assertEquals(List.of(), now().states());
  }

  @Test
  void aDeletedApplicationIsReleasedWhenNoNodeThatCanBeReachedHasIt() {
    ManagedApplication application = Fixtures.managed("app", "{}");
    application.resource().getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    fleet.setApplications(List.of(application));
    fleet.setRoster(Map.of("n1", Map.of(), "n2", Map.of()), Fixtures.START);
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    assertApplication("DeleteError", "is being removed; waiting for: n1");
    assertFalse(now().applications().getFirst().released());
    fleet.report(Fixtures.full("n1"), Fixtures.START);
    assertTrue(now().applications().getFirst().released());
  }

  @Test
  void aDeletedApplicationWaitsForNodesThatHaveNotSaidWhatTheyHave() {
    ManagedApplication application = Fixtures.managed("app", "{}");
    application.resource().getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    fleet.setApplications(List.of(application));
    fleet.report(Fixtures.heartbeat("n1").build(), Fixtures.START);
    assertFalse(now().applications().getFirst().released());
    fleet.expire(Fixtures.START.plusSeconds(15));
    assertTrue(now().applications().getFirst().released(), "a dead node blocks nobody");
  }
}
