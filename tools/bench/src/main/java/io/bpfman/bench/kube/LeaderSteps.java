package io.bpfman.bench.kube;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Two operators, one of which leads: what a change of the leader costs. */
final class LeaderSteps {
  private static final String APPLICATION = "app";

  /** Writes that can be under way when a leader ends, so that the next one repeats them. */
  private static final int UNDER_WAY = 6;

  /** From the last renewal of a Lease that nobody gives back until another can have it. */
  private static final int LEASE_SECONDS = 15;

  private static final int RENEWED_EVERY_SECONDS = 2;

  private final Scene scene;
  private final Replicas replicas;
  private @Nullable OperatorProcess waiting;

  /** Starts operators. */
  @FunctionalInterface
  interface Replicas {
    OperatorProcess start(int number) throws IOException;
  }

  /** How a leader ends; returns when it has. */
  private enum End {
    SIGTERM {
      @Override
      void of(OperatorProcess leader) throws IOException, InterruptedException {
        leader.terminate();
      }
    },
    SIGKILL {
      @Override
      void of(OperatorProcess leader) throws InterruptedException {
        leader.kill();
      }
    };

    abstract void of(OperatorProcess leader) throws IOException, InterruptedException;
  }

  LeaderSteps(Scene scene, Replicas replicas) {
    this.scene = scene;
    this.replicas = replicas;
  }

  /** SIGKILL of the leader when a third of the nodes have an update. */
  void dies(int priority) throws IOException, InterruptedException {
    inUpdate(new Row.Builder("kill -9 of the leader in an update"), End.SIGKILL, priority);
  }

  /** SIGTERM of the leader when a third of the nodes have an update. */
  void restartsInUpdate(int priority) throws IOException, InterruptedException {
    inUpdate(new Row.Builder("restart of the leader in an update"), End.SIGTERM, priority);
  }

  private void inUpdate(Row.Builder row, End end, int priority)
      throws IOException, InterruptedException {
    OperatorProcess next = waiting();
    ApiCounts before = scene.settledCounts();
    long generation = scene.cluster().apply(APPLICATION, priority);
    awaitNodes(scene.size() / 3, priority);
    row.figure("nodes had it", scene.nodes().holding(APPLICATION, priority));
    long start = System.nanoTime();
    changeLeader(row, end, next);
    awaitNodes(scene.size(), priority);
    row.figure("nodes hold it s", Scene.seconds(start));
    scene.awaitSuccess(APPLICATION, generation);
    row.figure("Success s", Scene.seconds(start)).bound(scene.size() + 4L + UNDER_WAY);
    ApiCounts counts = scene.settledCounts().since(before);
    scene.check(row, APPLICATION, generation, priority);
    scene.memory(row);
    scene.add(row.build(counts));
  }

  private void awaitNodes(int number, int priority) {
    Waiting.until(
        "%d nodes hold it".formatted(number),
        Scene.LIMIT,
        () -> scene.nodes().holding(APPLICATION, priority) >= number,
        () -> "%d nodes".formatted(scene.nodes().holding(APPLICATION, priority)));
  }

  /** SIGTERM of the leader, the other leads, another takes its place; and nothing else happens. */
  void restarts() throws IOException, InterruptedException {
    Row.Builder row = new Row.Builder("restart of the leader, nothing changes");
    OperatorProcess next = waiting();
    ApiCounts before = scene.settledCounts();
    long epoch = scene.nodes().epoch();
    long start = System.nanoTime();
    changeLeader(row, End.SIGTERM, next);
    waiting();
    row.figure("its replacement is ready s", Scene.seconds(start));
    Waiting.until(
        "the new leader reaches every node",
        Scene.LIMIT,
        () -> scene.nodes().toldAfter(epoch) == scene.size(),
        () -> "%d nodes".formatted(scene.nodes().toldAfter(epoch)));
    row.figure("all nodes obey it s", Scene.seconds(start)).bound(0);
    // What the reports of all nodes lead to would follow by then.
    Waiting.pause(SimulatedNodes.HEARTBEAT);
    ApiCounts counts = scene.settledCounts().since(before);
    scene.memory(row);
    scene.add(row.build(counts));
  }

  /** The operator that does not lead; it is started when there is none. */
  private OperatorProcess waiting() throws IOException {
    if (waiting == null) {
      waiting = replicas.start(1 - scene.operator().number());
    }
    return waiting;
  }

  private void changeLeader(Row.Builder row, End end, OperatorProcess next)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    end.of(scene.operator());
    row.figure("it ended s", Scene.seconds(start));
    scene.operator(next);
    waiting = null;
    Waiting.until(
        "another operator leads",
        Scene.LIMIT,
        () -> next.isHolder(scene.cluster().leader()),
        scene.cluster()::leader);
    double led = Scene.seconds(start);
    row.figure("other leads s", led);
    if (end == End.SIGTERM) {
      row.expect("the Lease was given back", true, led < LEASE_SECONDS - RENEWED_EVERY_SECONDS);
    }
  }
}
