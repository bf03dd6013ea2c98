package io.bpfman.operator.adapter.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.bpfman.api.v1alpha1.BpfApplicationState;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateStoreTest {
  private static final StateName NAME = new StateName("blue", "app-1");

  private final KubernetesSerialization json = new KubernetesSerialization();
  private final StateStore<BpfApplicationState> store =
      new StateStore<>(BpfApplicationState::new, json);

  private BpfApplicationState put(long version, String owner) {
    BpfApplicationState state = object(version, owner);
    store.put(store.getKey(state), state);
    return state;
  }

  private BpfApplicationState object(long version, String owner) {
    return json.unmarshal(
        """
        {"metadata": {"namespace": "blue", "name": "app-1", "resourceVersion": "%d",
          "labels": {"bpfman.io/ownedByProgram": "%s"}},
         "status": {"node": "n1", "updateCount": 3, "programs": [{"name": "count"}],
          "conditions": [{"type": "Success", "status": "True", "reason": "Success"}]}}"""
            .formatted(version, owner),
        BpfApplicationState.class);
  }

  @Test
  void theInformerSeesNameAndVersionOfWhatWasThere() {
    put(7, "app");
    BpfApplicationState next = object(8, "app");
    BpfApplicationState before = store.put("blue/app-1", next);
    assertNotNull(before);
    assertEquals("7", before.getMetadata().getResourceVersion());
    assertEquals("blue/app-1", store.getKey(before));
    assertEquals(List.of("blue/app-1"), store.keySet().toList());
    assertEquals(List.of("8"), versions());
    assertEquals(1, store.size());
    assertNotNull(store.get("blue/app-1"));
  }

  private List<String> versions() {
    return store.values().map(state -> state.getMetadata().getResourceVersion()).toList();
  }

  @Test
  void keepsWhatDecidesAboutWriting() {
    put(7, "app");
    ServerState state = store.state(NAME).orElseThrow();
    assertEquals(7, state.version());
    assertEquals(3, state.updateCount());
    assertEquals("app", state.owner());
  }

  @Test
  void ownersAreOneInstance() {
    put(7, "app");
    String first = store.state(NAME).orElseThrow().owner();
    put(8, "app");
    assertSame(first, store.state(NAME).orElseThrow().owner());
  }

  @Test
  void objectsOfTheFirstListAreGivenAwayOnceAndWithoutPrograms() {
    put(7, "app");
    List<BpfApplicationState> taken = store.take();
    assertEquals(1, taken.size());
    var status = Objects.requireNonNull(taken.getFirst().getStatus());
    assertEquals("n1", status.getNode());
    assertEquals(List.of(), Objects.requireNonNullElse(status.getPrograms(), List.of()));
    put(8, "app");
    assertEquals(List.of(), store.take());
  }

  @Test
  void whatIsRemovedIsGone() {
    put(7, "app");
    assertNotNull(store.remove("blue/app-1"));
    assertNull(store.remove("blue/app-1"));
    assertNull(store.get("blue/app-1"));
    assertEquals(Optional.empty(), store.state(NAME));
    assertEquals(List.of(), store.take());
  }
}
