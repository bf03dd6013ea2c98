package io.bpfman.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a call costs beside many loaded programs, and with many callers at once, all over the
 * socket; and what as many C programs at once wait for the kernel alone. Nothing here has a limit;
 * the figures are for people.
 */
final class PressureBench {
  private static final List<Integer> LOADED = List.of(0, 100, 1000);
  private static final List<Integer> CALLERS = List.of(1, 8, 32);

  /** Load, attach, Get, detach, unload. */
  private static final double CALLS_PER_TURN = 5;

  private static final int READS = 50;

  /** Kinds of which several fit on one hook at the same time. */
  private static final List<Kind> SHAREABLE = List.of(Kind.TCX, Kind.TRACEPOINT, Kind.UPROBE);

  private final SocketTarget daemon;
  private final Floor floor;
  private final int rounds;
  private final PrintStream out;

  PressureBench(SocketTarget daemon, Floor floor, int rounds, PrintStream out) {
    this.daemon = daemon;
    this.floor = floor;
    this.rounds = rounds;
    this.out = out;
  }

  void run() throws Exception {
    out.println(
        "== pressure: one caller, p50 / p95 in ms, by the number of programs loaded before");
    List<Long> loaded = new ArrayList<>();
    try (BlockingTarget target = daemon.blocking()) {
      for (int count : LOADED) {
        while (loaded.size() < count) {
          loaded.add(target.load(Kind.XDP));
        }
        printBeside(target, loaded.size());
      }
      printCallers();
      for (long program : loaded) {
        target.unload(program);
      }
    }
  }

  private void printBeside(BlockingTarget target, int loaded) throws Exception {
    Samples samples = new Samples();
    for (int i = 0; i < rounds; i++) {
      for (Kind kind : Kind.values()) {
        turn(target, kind, kind == Kind.TRACEPOINT ? samples : new Samples());
      }
    }
    long probe = target.load(Kind.XDP);
    for (int i = 0; i < READS; i++) {
      timed("get", samples, () -> target.get(probe));
      timed("list", samples, target::list);
    }
    target.unload(probe);
    out.printf("%5d programs:", loaded);
    for (String step : samples.names()) {
      out.printf(
          "  %s %.2f / %.2f",
          step, samples.percentile(step, 0.5) / 1e3, samples.percentile(step, 0.95) / 1e3);
    }
    out.println();
  }

  private void printCallers() throws Exception {
    Map<Integer, Samples> byCallers = new LinkedHashMap<>();
    out.println("== pressure: several callers beside 1,000 programs, each with a connection");
    for (int count : CALLERS) {
      long start = System.nanoTime();
      byCallers.put(count, together(count));
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf("%3d callers: %.0f calls/s%n", count, CALLS_PER_TURN * rounds * count / seconds);
    }
    printSpreads("caller", byCallers);
    printSpreads("C program", floors());
  }

  /** As many C programs as there were callers, which do the same without daemon. */
  private Map<Integer, Samples> floors() throws Exception {
    Map<Integer, Samples> byProcesses = new LinkedHashMap<>();
    for (int count : CALLERS) {
      int each = Math.ceilDiv(rounds, SHAREABLE.size());
      byProcesses.put(count, floor.together(count, each, SHAREABLE));
    }
    return byProcesses;
  }

  private void printSpreads(String who, Map<Integer, Samples> byCount) {
    out.printf("%-18s", "p50 / p99, ms");
    byCount
        .keySet()
        .forEach(count -> out.printf("  %25s", count + " " + who + (count == 1 ? "" : "s")));
    out.println();
    for (String step : byCount.values().iterator().next().names()) {
      out.printf("%-18s", step);
      byCount.values().forEach(samples -> out.print(spread(samples, step)));
      out.println();
    }
  }

  private static String spread(Samples samples, String step) {
    double median = samples.percentile(step, 0.5);
    double worst = samples.percentile(step, 0.99);
    return "  %8.2f /%8.2f %5.1fx".formatted(median / 1e3, worst / 1e3, worst / median);
  }

  private Samples together(int count) throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(count)) {
      List<Future<Samples>> parts = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        int first = number;
        parts.add(callers.submit(() -> turns(first)));
      }
      Samples all = new Samples();
      for (Future<Samples> part : parts) {
        all.addAll(part.get());
      }
      return all;
    }
  }

  /** Every caller does the same mix, begun at another kind. */
  private Samples turns(int first) throws Exception {
    Samples samples = new Samples();
    try (BlockingTarget target = daemon.blocking()) {
      for (int i = 0; i < rounds; i++) {
        turn(target, SHAREABLE.get((first + i) % SHAREABLE.size()), samples);
      }
    }
    return samples;
  }

  private static void turn(BlockingTarget target, Kind kind, Samples samples) throws Exception {
    String label = " " + kind.label();
    long program = timed("load" + label, samples, () -> target.load(kind));
    long link = timed("attach" + label, samples, () -> target.attach(kind, program));
    timed("get", samples, () -> target.get(program));
    timed(
        "detach" + label,
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
