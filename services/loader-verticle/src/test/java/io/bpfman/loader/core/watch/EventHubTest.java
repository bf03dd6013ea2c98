package io.bpfman.loader.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.port.InterfaceChange;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventHubTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000);
  private static final LoaderEvent UP = event(InterfaceChange.What.UP);
  private static final LoaderEvent DOWN = event(InterfaceChange.What.DOWN);

  private final List<FakeSession> sessions = new ArrayList<>();
  private final EventHub hub = new EventHub(() -> NOW, ignored -> newSession());
  private int signals;

  private static LoaderEvent event(InterfaceChange.What what) {
    return new LoaderEvent.Interface(new InterfaceChange(what, null, 2, "eth0", "", true));
  }

  private WatchSession newSession() {
    FakeSession session = new FakeSession();
    sessions.add(session);
    return session;
  }

  private static final class FakeSession implements WatchSession {
    private final List<LoaderEvent> noted = new ArrayList<>();
    private boolean live;
    private boolean stopped;

    @Override
    public boolean isLive() {
      return live;
    }

    @Override
    public void noted(LoaderEvent event) {
      noted.add(event);
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public boolean awaitEnd(Duration limit) {
      return stopped;
    }
  }

  private EventQueue subscribe(LoaderEvent.Kind... kinds) {
    return hub.subscribe(Set.of(kinds), () -> signals++);
  }

  private void goLive() {
    FakeSession session = sessions.getLast();
    session.live = true;
    hub.live(session);
  }

  private static List<LoaderEvent> drain(EventQueue queue) {
    return Stream.generate(queue::poll)
        .takeWhile(Optional::isPresent)
        .map(entry -> entry.orElseThrow().event())
        .toList();
  }

  @Test
  void firstWatcherStartsTheSessionAndTheLastEndsIt() {
    hub.publish(UP);
    assertEquals(List.of(), sessions);
    EventQueue first = subscribe();
    EventQueue second = subscribe();
    assertEquals(1, sessions.size());
    first.close();
    first.close();
    assertFalse(sessions.getFirst().stopped);
    second.close();
    assertTrue(sessions.getFirst().stopped);
    subscribe();
    assertEquals(2, sessions.size());
  }

  @Test
  void nothingIsToldBeforeTheSessionIsLive() {
    EventQueue queue = subscribe();
    hub.publish(UP);
    assertEquals(List.of(), drain(queue));
    assertEquals(0, signals);
    assertEquals(List.of(UP), sessions.getFirst().noted, "but the session hears of it");
    goLive();
    hub.publish(DOWN);
    assertEquals(List.of(new LoaderEvent.Watching(), DOWN), drain(queue));
    assertEquals(2, signals);
    assertEquals(List.of(new LoaderEvent.Watching()), drain(subscribe()), "later ones at once");
  }

  @Test
  void onlyWantedKindsAreNumbered() {
    EventQueue queue = subscribe(LoaderEvent.Kind.INTERFACE_DOWN);
    goLive();
    hub.publish(UP);
    hub.publish(DOWN);
    assertEquals(new EventQueue.Entry(1, NOW, new LoaderEvent.Watching()), queue.poll().get());
    assertEquals(new EventQueue.Entry(2, NOW, DOWN), queue.poll().get());
    assertEquals(Optional.empty(), queue.poll());
  }

  @Test
  void slowWatcherIsToldHowManyItMissed() {
    EventQueue slow = subscribe();
    EventQueue quick = subscribe();
    goLive();
    int sent = EventQueue.CAPACITY + 10;
    for (int i = 0; i < sent; i++) {
      hub.publish(UP);
      drain(quick);
    }
    for (int i = 0; i < EventQueue.CAPACITY; i++) {
      assertFalse(slow.poll().get().event() instanceof LoaderEvent.Overflow);
    }
    hub.publish(DOWN);
    EventQueue.Entry overflow = slow.poll().get();
    assertEquals(new LoaderEvent.Overflow(12), overflow.event());
    assertEquals(sent + 2, overflow.sequence(), "the number of the last one missed");
    hub.publish(DOWN);
    assertEquals(new EventQueue.Entry(sent + 3, NOW, DOWN), slow.poll().get());
  }

  @Test
  void eventsOfAnEndedSessionAreNotTold() {
    subscribe().close();
    FakeSession old = sessions.getFirst();
    EventQueue queue = subscribe();
    hub.live(old);
    goLive();
    hub.found(old, UP);
    hub.failed(old, FailureCode.INTERNAL.because("old"));
    hub.found(sessions.getLast(), DOWN);
    assertEquals(List.of(new LoaderEvent.Watching(), DOWN), drain(queue));
    assertEquals(Optional.empty(), queue.failure());
  }

  @Test
  void failedSessionEndsItsWatchersAndTheNextStartsAnother() {
    EventQueue queue = subscribe();
    BpfmanException reason = FailureCode.KERNEL_REFUSED.because("no socket");
    hub.failed(sessions.getFirst(), reason);
    assertSame(reason, queue.failure().get());
    assertEquals(1, signals);
    subscribe();
    assertEquals(2, sessions.size());
    queue.close();
    assertFalse(sessions.getLast().stopped, "an ended watcher counts no more");
  }

  @Test
  void closingEndsEverybodyAndTakesNobodyNew() {
    EventQueue queue = subscribe();
    goLive();
    assertTrue(hub.close(Duration.ZERO));
    assertEquals(FailureCode.UNAVAILABLE, queue.failure().get().code());
    assertEquals(
        FailureCode.UNAVAILABLE, assertThrows(BpfmanException.class, this::subscribe).code());
    assertEquals(1, sessions.size());
  }

  @Test
  void numberOfWatchersIsLimited() {
    List<EventQueue> all = Stream.generate(this::subscribe).limit(EventHub.MAX_WATCHERS).toList();
    BpfmanException refused = assertThrows(BpfmanException.class, this::subscribe);
    assertEquals(FailureCode.TOO_MANY_CALLS, refused.code());
    assertTrue(refused.getMessage().contains("256"), refused.getMessage());
    all.getFirst().close();
    subscribe();
  }
}
