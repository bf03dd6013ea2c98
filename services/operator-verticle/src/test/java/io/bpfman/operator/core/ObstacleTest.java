package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.bpfman.operator.port.StatusSnapshot;
import io.bpfman.proto.bus.v1.LinkState;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an application names and the cluster does not have. */
class ObstacleTest {
  private static final String MISSING = "spec.x: there is no y";

  private final Fleet fleet = new Fleet(Fixtures.HEARTBEAT, 0);
  private final StatusBook book = new StatusBook(StatusSnapshot.empty());
  private final ManagedApplication free = Fixtures.managed("app", "{}");
  private final ManagedApplication obstructed = free.obstructed(MISSING);

  private StatusSnapshot with(ManagedApplication application) {
    fleet.setApplications(List.of(application));
    return book.update(fleet, List.of(), Fixtures.START);
  }

  private static String application(StatusSnapshot snapshot) {
    return said(snapshot.applications().getFirst().status().getConditions());
  }

  private static String state(StatusSnapshot snapshot) {
    return said(
        Objects.requireNonNull(snapshot.states().getFirst().resource().getStatus())
            .getConditions());
  }

  private static String said(List<Condition> conditions) {
    return conditions.getFirst().getType() + ": " + conditions.getFirst().getMessage();
  }

  @Test
  void isAnErrorThoughEveryNodeRunsTheApplication() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    StatusSnapshot snapshot = with(obstructed);
    assertEquals("Error: " + MISSING + "; 1 of 1 selected nodes ready", application(snapshot));
    assertEquals("Success: 1 program loaded, 1 link attached", state(snapshot));
    assertEquals("Success: 1 of 1 selected nodes ready", application(with(free)));
  }

  @Test
  void comesBeforeWhatTheNodesSayAndIsSaidOnceInEachCondition() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACH_ERROR)),
        Fixtures.START);
    String cause = "count: InterfaceNotFound: interface \"eth0\" does not exist; existing: lo";
    StatusSnapshot snapshot = with(obstructed);
    assertEquals(
        "Error: " + MISSING + "; 0 of 1 selected nodes ready; failing: n1 (" + cause + ")",
        application(snapshot));
    assertEquals("Error: " + MISSING + "; " + cause, state(snapshot));
    assertEquals("Error: " + cause, state(with(free)));
  }

  @Test
  void isNamedWhileTheNodesAreWaitedFor() {
    assertEquals(
        "Pending: " + MISSING + "; no node has reported yet", application(with(obstructed)));
  }

  @Test
  void isNamedWithTheSpecThatStaysWhenTheNewestIsRefused() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    assertEquals(
        "Error: generation 2 is not used: no; generation 1 stays: "
            + MISSING
            + "; 1 of 1 selected nodes ready",
        application(with(free.refused(2, "no").obstructed(MISSING))));
  }

  @Test
  void makesAnotherInstanceOnlyWhenItChanges() {
    assertSame(obstructed, obstructed.obstructed(MISSING));
    assertSame(free, free.obstructed(""));
    assertNotSame(free, obstructed);
    assertSame(free.resource(), obstructed.resource(), "the nodes are told nothing new");
  }
}
