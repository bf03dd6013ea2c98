package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WatchedStateTest {
  private final WatchedState state = new WatchedState();

  private static LinkRecord link(long id) {
    return new LinkRecord(
        new LinkId(id),
        new ProgramId(7),
        new AttachSpec.Tracepoint("sched", "sched_switch"),
        Map.of(),
        id,
        LinkRecord.Stage.ATTACHED,
        Instant.EPOCH,
        null);
  }

  private void attach(long... ids) {
    LongStream.of(ids).forEach(id -> state.note(new LoaderEvent.LinkAttached(link(id))));
  }

  private List<Long> next(int count) {
    return state.nextLinks(count).stream().map(one -> one.id().value()).toList();
  }

  @Test
  void everyLinkHasItsTurn() {
    attach(1, 2, 3, 5, 8);
    assertEquals(List.of(1L, 2L), next(2));
    assertEquals(List.of(3L, 5L), next(2));
    assertEquals(List.of(8L, 1L), next(2));
    state.note(new LoaderEvent.LinkDetached(link(2)));
    assertEquals(List.of(3L, 5L), next(2));
    assertEquals(List.of(8L, 1L, 3L, 5L), next(64), "each once, however many are asked for");
    state.links().forEach(link -> state.forget(link.id()));
    assertEquals(List.of(), next(64));
  }

  @Test
  void onlyLinksMayChangeTheNamespaces() {
    assertTrue(state.note(new LoaderEvent.LinkAttached(link(1))));
    assertFalse(state.note(new LoaderEvent.ObjectLoaded(Map.of(), List.of())));
  }

  @Test
  void forgottenLinkIsNotBroughtBackByAReplacement() {
    attach(1);
    state.forget(new LinkId(1));
    state.replace(link(1));
    assertEquals(List.of(), List.copyOf(state.links()));
  }
}
