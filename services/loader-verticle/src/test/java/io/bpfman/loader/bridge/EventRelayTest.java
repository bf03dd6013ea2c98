package io.bpfman.loader.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchedLink;
import io.bpfman.testkit.FakeLoader;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRelayTest {
  private static final WatchEvent WATCHING =
      WatchEvent.newBuilder().setSequence(1).setKind(WatchKind.WATCH_KIND_WATCHING).build();
  private static final WatchEvent LOST =
      WatchEvent.newBuilder()
          .setSequence(2)
          .setKind(WatchKind.WATCH_KIND_LINK_LOST)
          .setLink(
              WatchedLink.newBuilder()
                  .setId(7)
                  .setProgramId(42)
                  .setAttachPoint("eth0")
                  .setReason("its pin is missing")
                  .putMetadata(MetadataKeys.APPLICATION, "ClusterBpfApplication/x"))
          .build();

  private final Vertx vertx = Vertx.vertx();
  private final FakeLoader daemon = new FakeLoader();
  private final List<Event> heard = new CopyOnWriteArrayList<>();
  private final EventRelay relay = new EventRelay(vertx, "n1", daemon, heard::add);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void whatTheDaemonNoticesIsToldWithItsNodeAndApplication() {
    daemon.setWatchEvents(List.of(WATCHING, LOST));
    relay.start();
    await().atMost(5, SECONDS).until(() -> heard.size() >= 2);
    relay.stop().await();
    Event event = heard.get(1);
    assertEquals(Event.Kind.KIND_LOADER, event.getKind());
    assertEquals("n1", event.getNode());
    assertEquals("ClusterBpfApplication/x", event.getApplication());
    assertEquals("link 7 of program 42 on eth0 is lost: its pin is missing", event.getMessage());
    assertEquals(LOST, event.getLoader());
  }

  @Test
  void lostWatchBeginsAgain() {
    daemon.setWatchEvents(List.of());
    relay.start();
    daemon.setWatchEvents(List.of(WATCHING));
    await().atMost(10, SECONDS).until(() -> heard.size() >= 3);
    relay.stop().await();
  }
}
