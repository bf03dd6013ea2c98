package io.bpfman.bench.kube;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Rollouts, updates and deletions that nothing disturbs. */
final class RolloutSteps {
  private static final String APPLICATION = "app";
  private static final int LATENCIES = 20;

  private final Scene scene;

  RolloutSteps(Scene scene) {
    this.scene = scene;
  }

  /** Applications one after the other on the only node there is. */
  void latency() {
    rollOut("warm-up", 1);
    double[] millis = new double[LATENCIES];
    ApiCounts before = scene.settledCounts();
    for (int i = 0; i < LATENCIES; i++) {
      millis[i] = rollOut("latency-" + i, 1) * 1e3;
    }
    ApiCounts counts = scene.settledCounts().since(before);
    Arrays.sort(millis);
    Row.Builder row =
        new Row.Builder("apply to Success, 1 node, one after another")
            .figure("p50 ms", millis[LATENCIES / 2])
            .figure("p90 ms", millis[LATENCIES * 9 / 10])
            .bound(LATENCIES * (2L * scene.size() + 4));
    scene.add(row.build(counts));
    scene.cluster().delete("warm-up");
    IntStream.range(0, LATENCIES).forEach(i -> scene.cluster().delete("latency-" + i));
    awaitGone("warm-up");
    IntStream.range(0, LATENCIES).forEach(i -> awaitGone("latency-" + i));
    // Their removal would be counted with the next step.
    awaitNoStates("warm-up", Scene.LIMIT);
    IntStream.range(0, LATENCIES).forEach(i -> awaitNoStates("latency-" + i, Scene.LIMIT));
  }

  /** Seconds from before the apply until the application says that all nodes are ready. */
  private double rollOut(String application, int priority) {
    long start = System.nanoTime();
    long generation = scene.cluster().apply(application, priority);
    scene.awaitSuccess(application, generation);
    return Scene.seconds(start);
  }

  void apply() throws IOException, InterruptedException {
    step("one application to all nodes", 1, 2L * scene.size() + 4);
  }

  void update() throws IOException, InterruptedException {
    step("update of its priority", 2, scene.size() + 4L);
  }

  private void step(String name, int priority, long bound)
      throws IOException, InterruptedException {
    ApiCounts before = scene.settledCounts();
    long start = System.nanoTime();
    long generation = scene.cluster().apply(APPLICATION, priority);
    Waiting.until(
        "every node holds it",
        Scene.LIMIT,
        () -> scene.nodes().holding(APPLICATION, priority) == scene.size(),
        () -> "%d nodes".formatted(scene.nodes().holding(APPLICATION, priority)));
    double held = Scene.seconds(start);
    scene.awaitSuccess(APPLICATION, generation);
    Row.Builder row =
        new Row.Builder(name)
            .figure("nodes hold it s", held)
            .figure("Success s", Scene.seconds(start))
            .bound(bound);
    ApiCounts counts = scene.settledCounts().since(before);
    row.figure("writes over s", Scene.seconds(start) - 2);
    scene.check(row, APPLICATION, generation, priority);
    scene.memory(row);
    scene.add(row.build(counts));
  }

  /** Several new ones at once. */
  void many(int applications) throws IOException, InterruptedException {
    List<String> names = names(applications);
    ApiCounts before = scene.settledCounts();
    long start = System.nanoTime();
    Map<String, Long> generations = new TreeMap<>();
    names.forEach(name -> generations.put(name, scene.cluster().apply(name, 1)));
    Duration limit = scene.limit(applications);
    generations.forEach((name, generation) -> scene.awaitSuccess(name, generation, limit));
    Row.Builder row =
        new Row.Builder("%d applications at once".formatted(applications))
            .figure("Success s", Scene.seconds(start))
            .bound(applications * (2L * scene.size() + 4));
    ApiCounts counts = scene.settledCounts().since(before);
    generations.forEach((name, generation) -> scene.check(row, name, generation, 1));
    scene.memory(row);
    scene.add(row.build(counts));
  }

  private static List<String> names(int applications) {
    return IntStream.range(0, applications).mapToObj("many-%02d"::formatted).toList();
  }

  void deleteMany(int applications) throws IOException, InterruptedException {
    delete("deletion of %d applications".formatted(applications), names(applications));
  }

  void delete() throws IOException, InterruptedException {
    delete("deletion of one application", List.of(APPLICATION));
  }

  /** The garbage collector removes the states; its deletions are shown, and nobody's bound. */
  private void delete(String step, List<String> names) throws IOException, InterruptedException {
    ApiCounts before = scene.settledCounts();
    long start = System.nanoTime();
    names.forEach(scene.cluster()::delete);
    names.forEach(this::awaitGone);
    Row.Builder row = new Row.Builder(step).figure("gone s", Scene.seconds(start));
    Duration limit = scene.limit(names.size());
    names.forEach(name -> awaitNoStates(name, limit));
    row.figure("states gone s", Scene.seconds(start));
    names.forEach(name -> row.expect("nodes with " + name, 0L, scene.nodes().running(name)));
    scene.memory(row);
    scene.add(row.build(scene.settledCounts().since(before)));
  }

  private void awaitNoStates(String name, Duration limit) {
    Waiting.until(
        "states of " + name + " go",
        limit,
        () -> scene.cluster().states(name).isEmpty(),
        () -> "%d states".formatted(scene.cluster().states(name).size()));
  }

  private void awaitGone(String name) {
    Waiting.until(
        name + " is removed",
        Scene.LIMIT,
        () -> scene.cluster().condition(name).equals("gone"),
        () -> scene.cluster().condition(name));
  }
}
