package io.bpfman.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.bpfman.agent.adapter.host.FileDesiredState;
import io.bpfman.contract.bus.AgentClient;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.LoaderConsumer;
import io.bpfman.contract.sign.DesiredStateSigner;
import io.bpfman.contract.sign.Digests;
import io.bpfman.model.Backoff;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchedInterface;
import io.bpfman.proto.x.v1.WatchedLink;
import io.bpfman.testkit.FakeLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Neither the periodic comparison nor a retry comes within the time of a test here. */
@Timeout(30)
class AgentEventsTest {
  private static final String NODE = "n1";
  private static final String OTHER = "ClusterBpfApplication/other";
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir Path dir;

  private final Vertx vertx = Vertx.vertx();
  private final FakeLoader loader = new FakeLoader();
  private final EventPublisher events = new EventPublisher(vertx);
  private final List<Message> requests = new CopyOnWriteArrayList<>();

  @BeforeEach
  void startAgent() {
    signer();
    done(LoaderConsumer.register(vertx, BusAddresses.OWN_LOADER, loader));
    AgentConfig config =
        new AgentConfig(
            NODE, Map.of(), dir, dir.resolve("op.pub"), NEVER, NEVER, new Backoff(NEVER, NEVER), 2);
    AgentPorts ports =
        new AgentPorts(
            List::of,
            path -> Optional.empty(),
            new FileDesiredState(dir.resolve("desired-state.pb")));
    done(vertx.deployVerticle(new AgentVerticle(config, ports)));
    loader.failWith(
        request -> {
          requests.add(request);
          return null;
        });
  }

  @AfterEach
  void stopAgent() {
    done(vertx.close());
  }

  private DesiredStateSigner signer() {
    return DesiredStateSigner.loadOrCreate(dir.resolve("op.key"), dir.resolve("op.pub"));
  }

  private void apply(Application... apps) {
    List<Application> list = List.of(apps);
    done(
        new AgentClient(vertx, BusAddresses.OWN_AGENT)
            .apply(
                signer()
                    .sign(
                        DesiredState.newBuilder()
                            .setNode(NODE)
                            .setRevision(1)
                            .setDigest(ByteString.copyFrom(Digests.of(list).toArray()))
                            .addAllApplications(list)
                            .build())));
  }

  private void applyAttached(Application... apps) {
    apply(apps);
    await().atMost(5, SECONDS).until(() -> loader.links().size() == apps.length);
    for (Application app : apps) {
      await().atMost(5, SECONDS).until(() -> looks(app.getKey()) > 0);
    }
    loader.clearChanges();
    requests.clear();
  }

  /** How often the agent asked what the loader has of an application. */
  private long looks(String application) {
    return requests.stream()
        .filter(ListRequest.class::isInstance)
        .filter(
            request ->
                application.equals(
                    ((ListRequest) request).getMatchMetadataMap().get(MetadataKeys.APPLICATION)))
        .count();
  }

  private void publish(WatchEvent.Builder event) {
    events.publishOwn(
        Event.newBuilder().setKind(Event.Kind.KIND_LOADER).setNode(NODE).setLoader(event).build());
  }

  private static WatchEvent.Builder lost(String application) {
    return WatchEvent.newBuilder()
        .setKind(WatchKind.WATCH_KIND_LINK_LOST)
        .setLink(WatchedLink.newBuilder().putMetadata(MetadataKeys.APPLICATION, application));
  }

  private List<? extends Class<?>> changes() {
    return loader.changes().stream().map(Object::getClass).toList();
  }

  @Test
  void lostLinkIsAttachedAgain() {
    applyAttached(Apps.app(Apps.tcx(50)));
    loader.losePin(1);
    publish(lost(Apps.KEY));
    await()
        .atMost(5, SECONDS)
        .until(() -> changes().equals(List.of(DetachRequest.class, AttachRequest.class)));
  }

  @Test
  void interfaceThatAppearsEndsTheWaitForARetry() {
    apply(Apps.app(Apps.xdp("eth9")));
    await()
        .atMost(5, SECONDS)
        .until(() -> requests.stream().anyMatch(AttachRequest.class::isInstance));
    await().atMost(5, SECONDS).until(() -> looks(Apps.KEY) == 1);
    loader.addInterface("eth9");
    publish(
        WatchEvent.newBuilder()
            .setKind(WatchKind.WATCH_KIND_INTERFACE_APPEARED)
            .setInterface(WatchedInterface.newBuilder().setName("eth9")));
    await().atMost(5, SECONDS).until(() -> loader.links().size() == 1);
  }

  @Test
  void watchThatBeginsAgainMakesTheAgentLookAtEverything() {
    applyAttached(Apps.app(Apps.tcx(50)), Apps.named("other", Apps.trace("a/b")));
    loader.losePin(1);
    loader.losePin(2);
    publish(WatchEvent.newBuilder().setKind(WatchKind.WATCH_KIND_WATCHING));
    await().atMost(5, SECONDS).until(() -> changes().size() == 4);
  }

  @Test
  void onlyTheOwnerOfWhatWasLostIsLookedAt() {
    applyAttached(Apps.app(Apps.tcx(50)), Apps.named("other", Apps.trace("a/b")));
    publish(lost("ClusterBpfApplication/unknown"));
    publish(lost(OTHER));
    await().atMost(5, SECONDS).until(() -> looks(OTHER) == 1);
    assertEquals(0, looks(Apps.KEY));
    assertEquals(
        List.of(), loader.changes(), "it was not lost at all, and the event alone does nothing");
  }

  @Test
  void floodOfEventsIsAFewLooks() {
    applyAttached(Apps.app(Apps.tcx(50)));
    long begin = System.nanoTime();
    for (int i = 0; i < 5_000; i++) {
      publish(lost(Apps.KEY));
    }
    loader.losePin(1);
    publish(lost(Apps.KEY));
    await().atMost(10, SECONDS).until(() -> changes().size() == 2);
    long seconds = (System.nanoTime() - begin) / 1_000_000_000 + 1;
    assertTrue(looks(Apps.KEY) <= 10 * seconds, looks(Apps.KEY) + " looks in " + seconds + " s");
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.await(8, SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 8 s", late);
    }
  }
}
