package io.bpfman.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.manifest.StatusReader;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.operator.adapter.files.EpochFile;
import io.bpfman.operator.adapter.manifest.ManifestDirectory;
import io.bpfman.operator.adapter.manifest.StatusDirectory;
import io.bpfman.operator.core.Fixtures;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.Event;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class OperatorVerticleTest {
  private static final String KEY = "ClusterBpfApplication/app";

  private Vertx vertx;
  private OperatorConfig config;
  private FakeAgent agent;

  @BeforeEach
  void setUp(Vertx fresh, @TempDir Path directory) {
    this.vertx = fresh;
    this.config =
        new OperatorConfig(
            directory.resolve("manifests"),
            directory.resolve("state"),
            Duration.ofMillis(300),
            Duration.ofSeconds(1));
    this.agent = new FakeAgent(vertx, "n1", config.publicKey());
  }

  /** Before the directory is removed. */
  @AfterEach
  void undeploy() throws Exception {
    for (String deployment : vertx.deploymentIDs()) {
      done(vertx.undeploy(deployment));
    }
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static ConditionFactory soon() {
    return Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20));
  }

  private String deploy() throws Exception {
    return done(
        vertx.deployVerticle(
            new OperatorVerticle(
                config,
                OperatorPorts.alone(
                    () ->
                        new OperatorPorts.Ends(
                            new ManifestDirectory(config.manifests()),
                            new StatusDirectory(config.manifests())),
                    new EpochFile(config.epochFile(), InstantSource.system())),
                InstantSource.system())));
  }

  private void write(int priority) throws IOException {
    Files.createDirectories(config.manifests());
    Files.writeString(
        config.manifests().resolve("app.yaml"), Fixtures.manifest("app", "{}", priority));
  }

  private void startWithApplication() throws Exception {
    write(1);
    deploy();
    done(agent.start());
    done(agent.heartbeat());
    soon().until(() -> agent.keys().equals(List.of(KEY)));
    done(agent.heartbeat());
    soon().until(() -> condition().startsWith("Success"));
  }

  private String condition() {
    List<ClusterBpfApplication> all = StatusReader.applications(config.manifests());
    if (all.isEmpty()) {
      return "gone";
    }
    var condition = Objects.requireNonNull(all.getFirst().getStatus()).getConditions().getFirst();
    return condition.getType() + ": " + condition.getMessage();
  }

  @Test
  void editingAManifestBringsANewDesiredState() throws Exception {
    startWithApplication();
    assertEquals("Success: 1 of 1 selected nodes ready", condition());
    long before = agent.held.getRevision();
    write(2);
    soon().until(() -> agent.priority() == 2);
    assertTrue(agent.held.getRevision() > before);
    assertEquals(2, agent.held.getApplications(0).getGeneration());
    soon().until(() -> condition().startsWith("Pending"));
    done(agent.heartbeat());
    soon().until(() -> condition().startsWith("Success"));
  }

  @Test
  void aRefusedMessageIsSentAgain() throws Exception {
    startWithApplication();
    agent.refusals.set(2);
    write(2);
    soon().until(() -> agent.priority() == 2);
    assertTrue(agent.applied.get() >= 4, "two refusals, then success");
  }

  @Test
  void aStateThatTheAgentLostIsSentAgainAfterItsHeartbeat() throws Exception {
    startWithApplication();
    agent.held = DesiredState.getDefaultInstance();
    done(agent.heartbeat());
    soon().until(() -> agent.keys().equals(List.of(KEY)));
  }

  @Test
  void aRemovedManifestIsGoneEverywhere() throws Exception {
    startWithApplication();
    Files.delete(config.manifests().resolve("app.yaml"));
    soon().until(() -> agent.keys().isEmpty());
    soon().until(() -> condition().startsWith("DeleteError"));
    done(agent.heartbeat());
    soon().until(() -> condition().equals("gone"));
    assertEquals(List.of(), StatusReader.states(config.manifests()));
  }

  @Test
  void aBrokenManifestKeepsWhatRunsAndIsReported() throws Exception {
    startWithApplication();
    Files.writeString(config.manifests().resolve("app.yaml"), "spec: [");
    soon().until(() -> !StatusReader.problems(config.manifests()).isEmpty());
    assertEquals(List.of(KEY), agent.keys());
    write(3);
    soon().until(() -> StatusReader.problems(config.manifests()).isEmpty());
    soon().until(() -> agent.priority() == 3);
  }

  @Test
  void aRestartedOperatorHasALaterEpochAndTheStatusStands() throws Exception {
    write(1);
    String first = deploy();
    done(agent.start());
    done(agent.heartbeat());
    soon().until(() -> agent.keys().equals(List.of(KEY)));
    done(agent.heartbeat());
    soon().until(() -> condition().startsWith("Success"));
    done(vertx.undeploy(first));
    int applied = agent.applied.get();
    long epoch = agent.held.getEpoch();
    deploy();
    assertTrue(condition().startsWith("Success"), "the old status stands until the node reports");
    done(agent.heartbeat());
    soon().until(() -> agent.held.getEpoch() > epoch);
    assertEquals(applied + 1, agent.applied.get(), "sent once");
    write(2);
    soon().until(() -> agent.priority() == 2);
  }

  @Test
  void aSilentNodeIsAnnouncedAndShown() throws Exception {
    Queue<Event.Kind> events = new ConcurrentLinkedQueue<>();
    EventPublisher.subscribe(vertx, event -> events.add(event.getKind()));
    startWithApplication();
    soon().until(() -> condition().contains("not reporting: n1"));
    soon().until(() -> events.contains(Event.Kind.KIND_NODE_LEFT));
    assertTrue(events.contains(Event.Kind.KIND_NODE_JOINED));
    done(agent.heartbeat());
    soon().until(() -> condition().startsWith("Success"));
  }
}
