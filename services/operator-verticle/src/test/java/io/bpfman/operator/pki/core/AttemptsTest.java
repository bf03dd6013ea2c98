package io.bpfman.operator.pki.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private final Attempts attempts = new Attempts(3, Duration.ofSeconds(10));
  private Instant now = Instant.EPOCH;

  private int taken(String address) {
    int taken = 0;
    while (attempts.take(address, now)) {
      taken++;
    }
    return taken;
  }

  @Test
  void oneAddressHasSoManyAtOnce() {
    assertEquals(3, taken("a"));
    assertEquals(3, taken("b"));
  }

  @Test
  void theyComeBackOneByOne() {
    taken("a");
    now = now.plusSeconds(9);
    assertEquals(0, taken("a"));
    now = now.plusSeconds(1);
    assertEquals(1, taken("a"));
    now = now.plusSeconds(3600);
    assertEquals(3, taken("a"));
  }

  @Test
  void successesCostNothing() {
    for (int i = 0; i < 100; i++) {
      assertTrue(attempts.take("a", now));
      attempts.giveBack("a", now);
    }
    assertEquals(3, taken("a"));
  }

  @Test
  void tryingWithoutPauseDoesNotPostponeTheNextOne() {
    taken("a");
    for (int i = 0; i < 19; i++) {
      now = now.plusMillis(500);
      assertFalse(attempts.take("a", now));
    }
    now = now.plusMillis(500);
    assertTrue(attempts.take("a", now));
  }

  @Test
  void manyAddressesAreForgottenOldestFirst() {
    taken("first");
    taken("kept");
    for (int i = 0; i < 5000; i++) {
      attempts.take("x" + i, now);
      attempts.take("kept", now);
    }
    assertEquals(0, taken("kept"));
    assertEquals(3, taken("first"));
  }
}
