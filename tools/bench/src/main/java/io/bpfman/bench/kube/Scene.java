package io.bpfman.bench.kube;

import io.bpfman.bench.Memory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What every step works on: API, nodes and the operator whose memory counts. */
final class Scene {
  /** No step takes this long on any machine. */
  static final Duration LIMIT = Duration.ofMinutes(10);

  /** Written or collected; half of what kube-controller-manager allows itself. */
  private static final int OBJECTS_PER_SECOND = 10;

  /** After this long without a write a step is over. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final SimulatedNodes nodes;
  private final Consumer<Row> printed;
  private final List<Row> rows = new ArrayList<>();
  private OperatorProcess operator;

  Scene(Cluster cluster, SimulatedNodes nodes, OperatorProcess operator, Consumer<Row> printed) {
    this.cluster = cluster;
    this.nodes = nodes;
    this.operator = operator;
    this.printed = printed;
  }

  Cluster cluster() {
    return cluster;
  }

  SimulatedNodes nodes() {
    return nodes;
  }

  OperatorProcess operator() {
    return operator;
  }

  void operator(OperatorProcess now) {
    operator = now;
  }

  int size() {
    return nodes.agents().size();
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  void add(Row row) {
    rows.add(row);
    printed.accept(row);
  }

  /** For so many applications at once. */
  Duration limit(int applications) {
    return LIMIT.plusSeconds((long) applications * size() / OBJECTS_PER_SECOND);
  }

  /** Returns when all nodes run this generation, says the application. */
  void awaitSuccess(String application, long generation) {
    awaitSuccess(application, generation, LIMIT);
  }

  void awaitSuccess(String application, long generation, Duration limit) {
    Waiting.until(
        "success of " + application,
        limit,
        () -> cluster.succeeded(application, generation, size()),
        () -> cluster.condition(application));
  }

  /** What the server has counted once it counts no more. */
  ApiCounts settledCounts() {
    ApiCounts last = cluster.counts();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Waiting.pause(QUIET);
      ApiCounts now = cluster.counts();
      if (now.total() == last.total()) {
        return now;
      }
      last = now;
    }
    throw new IllegalStateException("writes go on and on: " + last.describe());
  }

  /** Notes what the operator uses: as it is, and what is alive after a collection. */
  void memory(Row.Builder row) throws IOException, InterruptedException {
    Memory memory = operator.memory();
    row.figure("PSS MB", memory.pss()).figure("live heap MB", operator.liveHeap());
  }

  /** Holds what nodes and API say against what was applied. */
  void check(Row.Builder row, String application, long generation, int priority) {
    row.expect(
        "nodes that hold " + application, (long) size(), nodes.holding(application, priority));
    row.expect(
        "successful states of " + application,
        (long) size(),
        cluster.statesWithSuccess(application, generation));
    row.expect("states of " + application, size(), cluster.states(application).size());
  }

  static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
