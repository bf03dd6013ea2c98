package io.bpfman.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Load, attach, detach and unload by the C program, in this JVM and over the socket, taking turns
 * so that all meet the same noise.
 */
final class LoaderBench {
  private static final List<String> STEPS = List.of("load", "attach", "detach", "unload");

  /** One turn of each before the next begins. */
  private static final int ROUNDS_PER_TURN = 5;

  /** Enough calls for the C1 compiler; their times are thrown away. */
  private static final int WARM_UP_ROUNDS = 20;

  private static final String FLOOR = "C, libbpf";

  private final Setting setting;
  private final PrintStream out;

  LoaderBench(Setting setting, PrintStream out) {
    this.setting = setting;
    this.out = out;
  }

  void run(List<Target> targets) throws Exception {
    out.println("== loader: warming up");
    for (Target target : targets) {
      measure(target, WARM_UP_ROUNDS, new Samples());
    }
    Map<String, Samples> samples = new LinkedHashMap<>();
    for (int done = 0; done < setting.rounds(); done += ROUNDS_PER_TURN) {
      samples
          .computeIfAbsent(FLOOR, n -> new Samples())
          .addAll(new Floor(setting).measure(ROUNDS_PER_TURN));
      for (Target target : targets) {
        measure(
            target, ROUNDS_PER_TURN, samples.computeIfAbsent(target.name(), n -> new Samples()));
      }
      out.printf("== loader: %d of %d rounds%n", done + ROUNDS_PER_TURN, setting.rounds());
    }
    print(samples);
  }

  private static void measure(Target target, int rounds, Samples samples) throws Exception {
    for (int i = 0; i < rounds; i++) {
      for (Kind kind : Kind.values()) {
        round(target, kind, samples);
      }
    }
  }

  private static void round(Target target, Kind kind, Samples samples) throws Exception {
    long start = System.nanoTime();
    long program = target.load(kind);
    start = took("load", kind, start, samples);
    long link = target.attach(kind, program);
    start = took("attach", kind, start, samples);
    target.detach(link);
    start = took("detach", kind, start, samples);
    target.unload(program);
    took("unload", kind, start, samples);
  }

  private static long took(String step, Kind kind, long start, Samples samples) {
    samples.add(step + " " + kind.label(), (System.nanoTime() - start) / 1e3);
    return System.nanoTime();
  }

  private void print(Map<String, Samples> samples) {
    out.println(
        "p50 / p95 in ms; p50 above and as a multiple of the C program's (goal: 0.3 above)");
    out.printf("%-18s", "");
    samples.keySet().forEach(name -> out.printf("  %32s", name));
    out.println();
    for (String step : STEPS) {
      for (Kind kind : Kind.values()) {
        printRow(step + " " + kind.label(), samples);
      }
    }
  }

  private void printRow(String what, Map<String, Samples> samples) {
    double floor = Objects.requireNonNull(samples.get(FLOOR)).percentile(what, 0.5);
    out.printf("%-18s", what);
    samples
        .values()
        .forEach(
            values -> {
              double median = values.percentile(what, 0.5);
              out.printf(
                  "  %8.3f /%8.3f %+7.2f %5.1fx",
                  median / 1e3,
                  values.percentile(what, 0.95) / 1e3,
                  (median - floor) / 1e3,
                  median / floor);
            });
    out.println();
  }
}
