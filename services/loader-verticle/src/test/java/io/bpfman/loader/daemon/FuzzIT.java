package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maltreats a daemon for {@code fuzz.seconds} (60), beginning with {@code fuzz.seed} (by chance),
 * with {@code fuzz.attack} (all of them in turn). A failure names seed and attack that repeat it.
 */
@Tag("kernel")
class FuzzIT {
  private static final int CASES_IN_A_BATCH = 40;
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Beyond what the heap of 192 MiB may take; less than what a leak of each case would. */
  private static final long MAX_GROWTH_KIB = 150 << 10;

  @TempDir Path directory;
  private long cases;

  @Test
  void maltreatedDaemonLivesAnswersAndHoldsNothing() throws Exception {
    long seed = Long.getLong("fuzz.seed", new Random().nextLong());
    try (FuzzLab lab = new FuzzLab(directory)) {
      long deadline =
          System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 60));
      long report = System.nanoTime();
      long memory = 0;
      for (long batch = seed; batch == seed || System.nanoTime() < deadline; batch++) {
        for (Map.Entry<String, FuzzAttack> attack : FuzzAttacks.all().entrySet()) {
          if (System.getProperty("fuzz.attack", attack.getKey()).equals(attack.getKey())) {
            attack(lab, attack, batch);
          }
        }
        memory = batch == seed + 5 ? lab.daemon.pssKib() : memory;
        if (System.nanoTime() > report) {
          report = System.nanoTime() + REPORT_NANOS;
          System.out.printf(
              "fuzz: %d cases, PSS %d KiB, next seed %d%n", cases, lab.daemon.pssKib(), batch + 1);
        }
      }
      requireNoGrowth(lab, memory);
    }
    System.out.printf("fuzz: %d cases from seed %d, nothing found%n", cases, seed);
  }

  private void attack(FuzzLab lab, Map.Entry<String, FuzzAttack> attack, long seed)
      throws Exception {
    Random random = new Random(seed);
    int done = 0;
    try {
      while (done < CASES_IN_A_BATCH) {
        attack.getValue().run(lab, random);
        done++;
      }
      lab.requireUnharmed();
      cases += done;
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "found by attack \"%s\" in case %d of seed %d; repeat it with: make fuzz SEED=%d ATTACK=%s%n%s"
              .formatted(attack.getKey(), done, seed, seed, attack.getKey(), lab.evidence()),
          e);
    }
  }

  /**
   * @param before KiB after some batches; 0 when there were not as many
   */
  private static void requireNoGrowth(FuzzLab lab, long before) throws Exception {
    long after = lab.daemon.pssKib();
    assertTrue(
        before == 0 || after - before < MAX_GROWTH_KIB,
        () -> "the daemon grew from %d to %d KiB".formatted(before, after));
  }
}
