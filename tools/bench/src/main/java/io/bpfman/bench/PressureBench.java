package io.bpfman.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a call costs beside many loaded programs, and with many callers at once, all over the
 * socket. Nothing here has a limit; the figures are for people.
 */
final class PressureBench {
  private static final List<Integer> LOADED = List.of(0, 100, 1000);
  private static final List<Integer> CALLERS = List.of(1, 8, 32);
  private static final List<String> STEPS = List.of("load", "attach", "detach", "unload");
  private static final int READS = 50;

  /** Kinds of which several fit on one hook at the same time. */
  private static final List<Kind> SHAREABLE = List.of(Kind.TCX, Kind.TRACEPOINT, Kind.UPROBE);

  private final SocketTarget target;
  private final int rounds;
  private final PrintStream out;

  PressureBench(SocketTarget target, int rounds, PrintStream out) {
    this.target = target;
    this.rounds = rounds;
    this.out = out;
  }

  void run() throws Exception {
    out.println(
        "== pressure: one caller, p50 / p95 in ms, by the number of programs loaded before");
    List<Long> loaded = new ArrayList<>();
    for (int count : LOADED) {
      while (loaded.size() < count) {
        loaded.add(target.load(Kind.XDP));
      }
      printBeside(loaded);
    }
    out.println("== pressure: several callers beside 1,000 programs");
    for (int count : CALLERS) {
      printCallers(count);
    }
    for (long program : loaded) {
      target.unload(program);
    }
  }

  private void printBeside(List<Long> loaded) throws Exception {
    Samples samples = new Samples();
    for (int i = 0; i < rounds; i++) {
      for (Kind kind : Kind.values()) {
        turn(kind, samples);
      }
    }
    long probe = target.load(Kind.XDP);
    for (int i = 0; i < READS; i++) {
      timed("get", samples, () -> target.get(probe));
      timed("list", samples, target::list);
    }
    target.unload(probe);
    out.printf("%5d programs:", loaded.size());
    for (String step : List.of("load", "attach", "detach", "unload", "get", "list")) {
      out.printf("  %s %s", step, figures(samples, step));
    }
    out.println();
  }

  private static String figures(Samples samples, String step) {
    return "%.2f / %.2f"
        .formatted(samples.percentile(step, 0.5) / 1e3, samples.percentile(step, 0.95) / 1e3);
  }

  private void printCallers(int count) throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(count)) {
      long start = System.nanoTime();
      List<Future<Samples>> parts = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        int first = number;
        parts.add(callers.submit(() -> turns(first)));
      }
      Samples all = new Samples();
      for (Future<Samples> part : parts) {
        all.addAll(part.get());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf("%3d callers: %6.0f calls/s", count, 4.0 * rounds * count / seconds);
      for (String step : STEPS) {
        out.printf(
            "  %s p50 %.2f p99 %.2f ms",
            step, all.percentile(step, 0.5) / 1e3, all.percentile(step, 0.99) / 1e3);
      }
      out.println();
    }
  }

  /** Every caller does the same mix, begun at another kind. */
  private Samples turns(int first) throws Exception {
    Samples samples = new Samples();
    for (int i = 0; i < rounds; i++) {
      turn(SHAREABLE.get((first + i) % SHAREABLE.size()), samples);
    }
    return samples;
  }

  private void turn(Kind kind, Samples samples) throws Exception {
    long program = timed("load", samples, () -> target.load(kind));
    long link = timed("attach", samples, () -> target.attach(kind, program));
    timed(
        "detach",
        samples,
        () -> {
          target.detach(link);
          return link;
        });
    timed(
        "unload",
        samples,
        () -> {
          target.unload(program);
          return program;
        });
  }

  private static <T> T timed(String step, Samples samples, Callable<T> call) throws Exception {
    long start = System.nanoTime();
    T answer = call.call();
    samples.add(step, (System.nanoTime() - start) / 1e3);
    return answer;
  }
}
