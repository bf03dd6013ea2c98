package io.bpfman.bench.kube;

import io.bpfman.contract.sign.DesiredStateVerifier;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.ServiceHost;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Agents of all nodes in this process, on the real bus. */
final class SimulatedNodes {
  static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(60);

  /** Registrations under way at the same time. */
  private static final int BATCH = 50;

  private final List<SimulatedAgent> agents = new CopyOnWriteArrayList<>();
  private volatile SimulatedAgent.@Nullable Connection connection;

  /** Returns when this process is a member. It joins again by itself when it has to. */
  void join(ClusterConfig cluster, Path publicKey) {
    Thread.ofPlatform()
        .daemon()
        .name("bench-member")
        .start(() -> ServiceHost.run("bench", cluster, () -> List.of(new Member(publicKey))));
    Waiting.until(
        "joining the cluster", JOIN_LIMIT, () -> connection != null, () -> "no membership");
  }

  /** Adds agents whose first heartbeats are spread over one interval. Returns when all answer. */
  void add(List<String> names) {
    SimulatedAgent.Connection to = connected();
    for (int from = 0; from < names.size(); from += BATCH) {
      List<SimulatedAgent> batch =
          names.subList(from, Math.min(from + BATCH, names.size())).stream()
              .map(name -> new SimulatedAgent(name, to))
              .toList();
      await(Future.all(batch.stream().map(agent -> onLoop(to, agent)).toList()));
      agents.addAll(batch);
    }
  }

  private static Future<?> onLoop(SimulatedAgent.Connection to, SimulatedAgent agent) {
    return agent.connect(to).onSuccess(_ -> beat(to.vertx(), agent));
  }

  private static void beat(Vertx vertx, SimulatedAgent agent) {
    long first = ThreadLocalRandom.current().nextLong(1, HEARTBEAT.toMillis());
    vertx.setTimer(
        first,
        _ -> {
          agent.heartbeat();
          vertx.setPeriodic(HEARTBEAT.toMillis(), _ -> agent.heartbeat());
        });
  }

  List<SimulatedAgent> agents() {
    return agents;
  }

  /** How many were told to run the application with this priority. */
  long holding(String application, int priority) {
    return agents.stream()
        .filter(agent -> agent.priority(application).orElse(0) == priority)
        .count();
  }

  /** How many were told to run the application at all. */
  long running(String application) {
    return agents.stream().filter(agent -> agent.priority(application).isPresent()).count();
  }

  /** Of the latest leader that any was told by. */
  long epoch() {
    return agents.stream().mapToLong(SimulatedAgent::epoch).max().orElse(0);
  }

  /** How many were told by a leader later than that of this epoch. */
  long toldAfter(long epoch) {
    return agents.stream().filter(agent -> agent.epoch() > epoch).count();
  }

  private SimulatedAgent.Connection connected() {
    SimulatedAgent.Connection now = connection;
    if (now == null) {
      throw new IllegalStateException("not joined");
    }
    return now;
  }

  private static void await(Future<?> future) {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(JOIN_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("agents do not get on the bus", e);
    }
  }

  /** One membership; after a loss the next one takes all agents over. */
  private final class Member extends VerticleBase {
    private final Path publicKey;

    private Member(Path publicKey) {
      this.publicKey = publicKey;
    }

    @Override
    public Future<?> start() {
      SimulatedAgent.Connection mine =
          new SimulatedAgent.Connection(
              vertx, DesiredStateVerifier.load(publicKey), UUID.randomUUID().toString());
      return Future.all(agents.stream().map(agent -> onLoop(mine, agent)).toList())
          .onSuccess(_ -> connection = mine);
    }
  }
}
