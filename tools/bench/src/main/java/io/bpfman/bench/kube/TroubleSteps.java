package io.bpfman.bench.kube;

import java.io.IOException;
import java.time.Duration;

/** What must not cost more than its due: a failing node, objects of others. */
final class TroubleSteps {
  private static final String APPLICATION = "app";

  /** Far more often than any agent reports. */
  private static final Duration REPORT_EVERY = Duration.ofMillis(100);

  /** Writes of one object that may follow at once, and the time after which one comes back. */
  private static final int BURST = 4;

  private static final int REFILL_SECONDS = 10;

  private final Scene scene;

  TroubleSteps(Scene scene) {
    this.scene = scene;
  }

  /** A node that says the same failure again and again. */
  void constantFailure(int seconds) {
    SimulatedAgent agent = scene.nodes().agents().getFirst();
    long events = scene.cluster().events();
    agent.fail(APPLICATION, "the verifier says no");
    agent.reportAll();
    awaitType("Error");
    Waiting.until(
        "Event of the failure",
        Scene.LIMIT,
        () -> scene.cluster().events() > events,
        () -> "no Event");
    ApiCounts before = scene.settledCounts();
    int reports = report(agent, seconds, "the verifier says no", "the verifier says no");
    scene.add(
        new Row.Builder("a node fails in the same way for %d s".formatted(seconds))
            .figure("reports", reports)
            .bound(0)
            .build(scene.cluster().counts().since(before)));
  }

  /** A node whose failure has other words each time: state, status and Event, each at its pace. */
  void changingFailure(int seconds) {
    SimulatedAgent agent = scene.nodes().agents().getFirst();
    ApiCounts before = scene.settledCounts();
    int reports = report(agent, seconds, "the verifier says no", "the verifier says never");
    Row.Builder row =
        new Row.Builder("a node fails with changing words for %d s".formatted(seconds))
            .figure("reports", reports)
            .bound(3L * (BURST + seconds / REFILL_SECONDS));
    scene.add(row.build(scene.cluster().counts().since(before)));
    agent.fail(APPLICATION, "");
    agent.reportAll();
    awaitType("Success");
  }

  private int report(SimulatedAgent agent, int seconds, String odd, String even) {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    int reports = 0;
    while (System.nanoTime() < end) {
      agent.fail(APPLICATION, reports % 2 == 0 ? even : odd);
      agent.reportAll();
      reports++;
      Waiting.pause(REPORT_EVERY);
    }
    return reports;
  }

  private void awaitType(String type) {
    Waiting.until(
        APPLICATION + " becomes " + type,
        Scene.LIMIT,
        () -> scene.cluster().condition(APPLICATION).startsWith(type),
        () -> scene.cluster().condition(APPLICATION));
  }

  /** Memory that objects of others cost. */
  void foreignObjects(int count) throws IOException, InterruptedException {
    double pss = scene.operator().memory().pss();
    double heap = scene.operator().liveHeap();
    ApiCounts before = scene.settledCounts();
    scene.cluster().createForeign(count);
    Row.Builder row =
        new Row.Builder("%d foreign ConfigMaps".formatted(count))
            .bound(0)
            .figure("before: PSS MB", pss)
            .figure("live heap MB", heap);
    ApiCounts counts = scene.settledCounts().since(before);
    scene.add(
        row.figure("after: PSS MB", scene.operator().memory().pss())
            .figure("live heap MB ", scene.operator().liveHeap())
            .build(counts));
  }
}
