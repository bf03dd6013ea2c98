package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WritePaceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DETAILS = Duration.ofSeconds(10);

  @Test
  void theFirstWriteDoesNotWait() {
    assertEquals(Duration.ZERO, WritePace.fresh().delay(NOW, DETAILS, false));
  }

  @Test
  void detailsWaitAndAChangeOfTypeDoesNot() {
    WritePace pace = WritePace.fresh().written(NOW);
    assertEquals(Duration.ofSeconds(7), pace.delay(NOW.plusSeconds(3), DETAILS, false));
    assertEquals(Duration.ZERO, pace.delay(NOW.plusSeconds(3), DETAILS, true));
  }

  @Test
  void whatGoesToAndFroIsSpreadOutInTheEnd() {
    WritePace pace = WritePace.fresh();
    int written = 0;
    Instant end = NOW.plusSeconds(100);
    for (Instant now = NOW; now.isBefore(end); now = now.plusMillis(100)) {
      if (pace.delay(now, DETAILS, true).isZero()) {
        pace = pace.written(now);
        written++;
      }
    }
    assertTrue(written <= 14, written + " writes in 100 s");
  }

  @Test
  void quietGivesTheBurstBack() {
    WritePace pace = WritePace.fresh();
    for (int i = 0; i < 4; i++) {
      pace = pace.written(NOW);
    }
    assertTrue(pace.delay(NOW, DETAILS, true).isPositive());
    assertEquals(Duration.ZERO, pace.delay(NOW.plusSeconds(10), DETAILS, true));
  }
}
