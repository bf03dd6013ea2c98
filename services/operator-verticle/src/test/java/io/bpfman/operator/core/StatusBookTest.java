package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.manifest.ManifestWriter;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.operator.port.StatusSnapshot;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatusBookTest {
  private final Fleet fleet = new Fleet(Fixtures.HEARTBEAT);
  private final StatusBook book = new StatusBook(StatusSnapshot.empty());

  StatusBookTest() {
    fleet.setApplications(List.of(Fixtures.application("app", "{}")));
  }

  private StatusSnapshot now() {
    return book.update(fleet, List.of(), Fixtures.START);
  }

  private Condition condition(StatusSnapshot snapshot) {
    assertEquals(1, snapshot.applications().size());
    var status = snapshot.applications().getFirst().getStatus();
    assertNotNull(status);
    assertEquals(1, status.getConditions().size());
    return status.getConditions().getFirst();
  }

  private static ApplicationStateStatus state(StatusSnapshot snapshot) {
    return Objects.requireNonNull(snapshot.states().getFirst().getStatus());
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
    fleet.setApplications(List.of(Fixtures.application("app", "{matchLabels: {host: other}}")));
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
  void stateObjectsSayWhatIsThere() {
    fleet.report(
        Fixtures.full("n1", Fixtures.loaded("app", LinkState.LINK_STATE_ATTACHED)), Fixtures.START);
    StatusSnapshot snapshot = now();
    var state = snapshot.states().getFirst();
    assertTrue(state.getMetadata().getName().matches("app-[0-9a-f]{8}"));
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
        first.states().stream().map(ManifestWriter::toYaml).toList(),
        same.states().stream().map(ManifestWriter::toYaml).toList());
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
}
