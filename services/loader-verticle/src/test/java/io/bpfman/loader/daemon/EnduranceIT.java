package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 8, then 32 callers do everything for {@code fuzz.seconds} (30), half of it each: nothing fails,
 * nothing is left, and memory stays what it was. Times are printed and never asserted.
 */
@Tag("kernel")
class EnduranceIT {
  private static final int MOST_CALLERS = 32;
  private static final int SAMPLES = 6;

  /** Growth of the heap after a collection, between the first and the last sample. */
  private static final long MAX_HEAP_GROWTH_KIB = 4096;

  /** Native memory settles slower than the heap: arenas of threads, buffers of sockets. */
  private static final long MAX_PSS_GROWTH_KIB = 24_576;

  /** What the daemon held at one moment, KiB. */
  private record Sample(long heap, long pss) {}

  @TempDir Path directory;
  private final ExecutorService callers = Executors.newFixedThreadPool(MOST_CALLERS);
  private final List<Long> nanos = new ArrayList<>();
  private CrashLab lab;
  private DaemonProcess daemon;

  @BeforeEach
  void start() throws Exception {
    lab = new CrashLab(directory);
    daemon = new DaemonProcess(directory);
    daemon.environment("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -Xms8m -Xmx192m");
    lab.addDevices(MOST_CALLERS);
    lab.plantSurvivors();
    daemon.start();
  }

  @AfterEach
  void stop() throws Exception {
    callers.shutdownNow();
    daemon.close();
    lab.close();
  }

  @Test
  void manyCallersForLongLeaveNothingAndMemoryStaysFlat() throws Exception {
    long seconds = Long.getLong("fuzz.seconds", 30);
    try (GrpcJavaClient client = new GrpcJavaClient(daemon.socket())) {
      turns(client, MOST_CALLERS, TimeUnit.SECONDS.toNanos(Math.max(5, seconds / 10)));
      List<String> pins = daemon.pins();
      sample(); // the first question opens the socket that later ones use
      int descriptors = daemon.descriptors();
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < SAMPLES; i++) {
        nanos.clear();
        int count = i < SAMPLES / 2 ? 8 : MOST_CALLERS;
        turns(client, count, TimeUnit.SECONDS.toNanos(seconds) / SAMPLES);
        samples.add(sample());
        report(count, samples.getLast());
        assertEquals(pins, daemon.pins());
        assertEquals(List.of(), daemon.bpfDescriptors());
        assertTrue(daemon.descriptors() <= descriptors, "descriptors grew");
      }
      requireFlat(samples);
    }
    daemon.terminate();
    try (LoaderInstance instance = lab.open()) {
      assertEquals(List.of(), lab.problems(instance.core()));
      assertEquals(List.of(), instance.repairs());
      lab.removeAllButSurvivors(instance.core());
    }
  }

  private void turns(GrpcJavaClient client, int count, long duration) throws Exception {
    long deadline = System.nanoTime() + duration;
    List<Future<?>> working = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      CrashCaller caller = new CrashCaller(lab.setting(), number);
      working.add(callers.submit(() -> work(client, caller, deadline)));
    }
    for (Future<?> caller : working) {
      caller.get(duration + TimeUnit.SECONDS.toNanos(60), TimeUnit.NANOSECONDS);
    }
  }

  private void work(GrpcJavaClient client, CrashCaller caller, long deadline) {
    for (int turn = 0; System.nanoTime() < deadline; turn++) {
      long start = System.nanoTime();
      caller.turn(client, turn);
      synchronized (nanos) {
        nanos.add(System.nanoTime() - start);
      }
    }
  }

  /** After a collection, so that garbage does not count. */
  private Sample sample() throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = Long.toString(daemon.pid());
    Commands.run(jcmd, pid, "GC.run");
    long heap =
        Commands.run(jcmd, pid, "GC.heap_info")
            .lines()
            .filter(line -> line.contains(" used ") && line.contains("total"))
            .mapToLong(line -> Long.parseLong(line.replaceFirst(".* used ([0-9]+)K.*", "$1")))
            .sum();
    return new Sample(heap, daemon.pssKib());
  }

  private void report(int count, Sample sample) {
    List<Long> sorted = nanos.stream().sorted().toList();
    long half = sorted.get(sorted.size() / 2) / 1000;
    long most = sorted.get(sorted.size() * 99 / 100) / 1000;
    System.out.printf(
        "endurance: %d callers, %d turns, p50 %d us, p99 %d us (%.1f times), heap %d KiB, PSS %d"
            + " KiB%n",
        count, sorted.size(), half, most, (double) most / half, sample.heap(), sample.pss());
  }

  private static void requireFlat(List<Sample> samples) {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    assertTrue(
        last.heap() - first.heap() < MAX_HEAP_GROWTH_KIB
            && last.pss() - first.pss() < MAX_PSS_GROWTH_KIB,
        () -> "memory grew: " + samples);
  }
}
