package io.bpfman.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private final Random random = new Random(7);

  @Test
  void delayDoublesLessUpToAQuarter() {
    for (int failures = 1; failures <= 6; failures++) {
      long full = 100L << (failures - 1);
      long delay = BACKOFF.delay(failures, random).toMillis();
      assertTrue(delay <= full && delay >= full * 3 / 4, failures + ": " + delay);
    }
  }

  @Test
  void delayNeverPassesTheLimit() {
    for (int failures : new int[] {7, 50, Integer.MAX_VALUE}) {
      long delay = BACKOFF.delay(failures, random).toMillis();
      assertTrue(delay <= 5000 && delay >= 3750, failures + ": " + delay);
    }
  }

  @Test
  void delaysOfManyRetriersSpreadOut() {
    long distinct =
        random.ints(100, 1, 2).mapToObj(i -> BACKOFF.delay(5, random)).distinct().count();
    assertTrue(distinct > 50, "only " + distinct + " different delays");
  }
}
