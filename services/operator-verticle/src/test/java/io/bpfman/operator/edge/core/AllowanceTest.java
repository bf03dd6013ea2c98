package io.bpfman.operator.edge.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllowanceTest {
  private static final long SECOND = 1_000_000_000L;

  private final Allowance allowance = new Allowance(10, 100, 0);

  @Test
  void itIsFullAtFirstAndThenFillsWithTime() {
    assertTrue(allowance.take(100, 0));
    assertFalse(allowance.take(1, 0));
    assertFalse(allowance.take(11, SECOND));
    assertTrue(allowance.take(10, SECOND));
  }

  @Test
  void itHoldsNoMoreThanItsSize() {
    assertTrue(allowance.take(100, 3_600 * SECOND));
    assertFalse(allowance.take(1, 3_600 * SECOND));
  }

  @Test
  void whatIsRefusedTakesNothing() {
    assertFalse(allowance.take(101, 0));
    assertTrue(allowance.take(100, 0));
  }
}
