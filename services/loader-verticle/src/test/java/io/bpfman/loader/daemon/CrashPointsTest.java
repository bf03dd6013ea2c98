package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrashPointsTest {
  private static final CrashOperation OPERATION = CrashOperation.LOAD_ONE;

  @Test
  void aThirdOfThePointsIsRoundedUp() {
    CrashPoints points = CrashPoints.of("third", 1);
    assertEquals(4, points.of(OPERATION, 10).size());
    assertEquals(3, points.of(OPERATION, 9).size());
    assertEquals(List.of(1), points.of(OPERATION, 1));
    assertEquals(List.of(), points.of(OPERATION, 0));
  }

  @Test
  void allMeansEveryPoint() {
    assertEquals(List.of(1, 2, 3, 4), CrashPoints.of("all", 1).of(OPERATION, 4));
  }

  @Test
  void theSameSeedGivesTheSamePoints() {
    assertEquals(
        CrashPoints.of("third", 7).of(OPERATION, 30), CrashPoints.of("third", 7).of(OPERATION, 30));
    assertNotEquals(
        CrashPoints.of("third", 7).of(OPERATION, 30), CrashPoints.of("third", 8).of(OPERATION, 30));
  }

  @Test
  void operationsOfOneLengthAreKilledAtDifferentPoints() {
    CrashPoints points = CrashPoints.of("third", 7);
    assertNotEquals(points.of(OPERATION, 30), points.of(CrashOperation.UNLOAD_ONE, 30));
  }

  @Test
  void everyPointIsReachedByAFewRuns() {
    Set<Integer> reached = new HashSet<>();
    for (long seed = 0; seed < 40; seed++) {
      reached.addAll(CrashPoints.of("third", seed).of(OPERATION, 20));
    }
    assertEquals(20, reached.size());
  }

  @Test
  void anUnknownWordIsRefusedWithTheOnesThatThereAre() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> CrashPoints.of("most", 1));
    assertTrue(failure.getMessage().contains("\"third\" or \"all\""), failure.getMessage());
  }
}
