package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.core.LoaderCore;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at random moments while eight callers keep a daemon busy with every kind of program. */
@Tag("kernel")
class RandomKillsIT {
  private static final int KILLS = 60;
  private static final int CALLERS = 8;

  /** A caller has finished this many turns at most when the daemon dies. */
  private static final int MOST_TURNS = 12;

  /**
   * Decides after how many turns of all callers the daemon is killed, and how far into the next.
   */
  private static final long SEED = 20260301;

  @TempDir Path directory;
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final List<String> problems = new ArrayList<>();
  private CrashLab lab;
  private DaemonProcess daemon;

  @BeforeEach
  void plant() {
    lab = new CrashLab(directory);
    daemon = new DaemonProcess(directory);
    lab.addDevices(CALLERS);
    lab.plantSurvivors();
  }

  @AfterEach
  void clear() throws Exception {
    callers.shutdownNow();
    daemon.close();
    lab.close();
  }

  @Test
  void noRandomMomentIsABadOneToDie() throws Exception {
    Random random = new Random(SEED);
    int turns = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      daemon.start();
      turns += killWhileBusy(1 + random.nextInt(MOST_TURNS), random.nextInt(3_000_000));
      verify("kill " + kill);
    }
    System.out.printf(
        "crash test: %d kills under %d callers in %d turns, %d problems%n",
        KILLS, CALLERS, turns, problems.size());
    assertEquals("", String.join("\n", problems));
  }

  /** Kills after so many turns and nanoseconds; answers how many turns there were. */
  private int killWhileBusy(int turns, int nanos) throws Exception {
    AtomicInteger finished = new AtomicInteger();
    ConcurrentLinkedQueue<String> unexpected = new ConcurrentLinkedQueue<>();
    CountDownLatch enough = new CountDownLatch(turns);
    List<Future<?>> working = new ArrayList<>();
    try (GrpcJavaClient client = new GrpcJavaClient(daemon.socket())) {
      for (int number = 0; number < CALLERS; number++) {
        CrashCaller caller = new CrashCaller(lab.setting(), number);
        working.add(
            callers.submit(
                () -> {
                  while (call(client, caller, finished.get(), unexpected)) {
                    finished.incrementAndGet();
                    enough.countDown();
                  }
                }));
      }
      assertTrue(enough.await(30, TimeUnit.SECONDS), "no progress " + unexpected);
      long until = System.nanoTime() + nanos;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      daemon.kill();
      for (Future<?> caller : working) {
        caller.get(30, TimeUnit.SECONDS);
      }
    }
    problems.addAll(unexpected);
    return finished.get();
  }

  /** False when the daemon is gone; any other refusal is a problem. */
  private static boolean call(
      GrpcJavaClient client,
      CrashCaller caller,
      int turn,
      ConcurrentLinkedQueue<String> unexpected) {
    try {
      caller.turn(client, turn);
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        unexpected.add("a call failed: " + e.getStatus());
      }
      return false;
    }
  }

  private void verify(String moment) {
    try (LoaderInstance instance = lab.open()) {
      LoaderCore core = instance.core();
      lab.problems(core)
          .forEach(problem -> problems.add(moment + ": " + problem + " " + instance.repairs()));
      lab.removeAllButSurvivors(core);
      lab.problems(core).forEach(problem -> problems.add(moment + ", emptied: " + problem));
    }
  }
}
