package io.bpfman.operator.adapter.k8s.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final Duration GAP = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final KeySchedule<String> schedule = new KeySchedule<>(BACKOFF, GAP, new Random(1));

  private static long at(Duration time) {
    return time.toNanos();
  }

  private static long at(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  private void run(String key, long now) {
    assertEquals(Optional.of(key), schedule.take(now));
  }

  private void nothing(long now) {
    assertEquals(Optional.empty(), schedule.take(now));
  }

  @Test
  void keysAreTakenInTheOrderOfTheirAddingAndEachOnce() {
    schedule.add("b", 0);
    schedule.add("a", 0);
    schedule.add("b", 0);
    run("b", 0);
    run("a", 0);
    nothing(at(HOUR));
  }

  @Test
  void whatIsAddedWhileAKeyRunsMakesItRunOnceMoreAfterTheGap() {
    schedule.add("a", 0);
    run("a", 0);
    schedule.add("a", 1);
    schedule.add("a", 2);
    nothing(at(HOUR));
    assertFalse(schedule.succeeded("a", null, at(100)));
    nothing(at(1_099));
    run("a", at(1_100));
    schedule.succeeded("a", null, at(1_100));
    nothing(at(HOUR));
  }

  @Test
  void whatIsAddedSoonAfterARunWaitsForTheEndOfTheGapAndNoLonger() {
    schedule.add("a", 0);
    run("a", 0);
    schedule.succeeded("a", null, 0);
    schedule.add("a", at(500));
    assertEquals(Optional.of(Duration.ofMillis(500)), schedule.delay(at(500)));
    run("a", at(1_000));
  }

  @Test
  void aKeyThatWantsToRunLaterIsHastenedByWorkForIt() {
    schedule.add("a", 0);
    run("a", 0);
    schedule.succeeded("a", HOUR, 0);
    assertEquals(Optional.of(HOUR), schedule.delay(0));
    schedule.add("a", at(5_000));
    run("a", at(5_000));
    schedule.succeeded("a", HOUR, at(5_000));
    nothing(at(HOUR));
    run("a", at(HOUR) + at(5_000));
  }

  @Test
  void aKeyThatFailsWaitsLongerEachTimeWhateverIsAdded() {
    schedule.add("bad", 0);
    long now = 0;
    for (int failures = 1; failures <= 3; failures++) {
      run("bad", now);
      KeySchedule.Failure failure = schedule.failed("bad", "no", now);
      assertEquals(failures, failure.failures());
      long full = at(1_000L << failures - 1);
      assertTrue(
          failure.delay().toNanos() >= full * 3 / 4 && failure.delay().toNanos() <= full,
          failure.toString());
      schedule.add("bad", now + 1);
      schedule.add("good " + failures, now + 1);
      run("good " + failures, now + 1);
      now += failure.delay().toNanos();
      nothing(now - 1);
    }
  }

  @Test
  void hurryForgetsFailuresAndTheGap() {
    schedule.add("a", 0);
    run("a", 0);
    schedule.failed("a", "no", 0);
    schedule.hurry("a", at(1));
    run("a", at(1));
    assertEquals(1, schedule.failed("a", "no", at(1)).failures());
    schedule.hurry("a", at(2));
    run("a", at(2));
    schedule.succeeded("a", null, at(2));
    schedule.hurry("a", at(3));
    run("a", at(3));
  }

  @Test
  void aCauseIsNewsOnceAndSoIsItsEnd() {
    schedule.add("a", 0);
    run("a", 0);
    assertTrue(schedule.failed("a", "no route", 0).news());
    schedule.hurry("a", 0);
    run("a", 0);
    assertFalse(schedule.failed("a", "no route", 0).news());
    schedule.hurry("a", 0);
    run("a", 0);
    assertTrue(schedule.failed("a", "refused", 0).news());
    schedule.hurry("a", 0);
    run("a", 0);
    assertTrue(schedule.succeeded("a", null, 0));
    schedule.hurry("a", 0);
    run("a", 0);
    assertFalse(schedule.succeeded("a", null, 0));
  }

  @Test
  void nothingIsKeptOfAKeyThatHasRested() {
    schedule.add("a", 0);
    run("a", 0);
    schedule.succeeded("a", null, 0);
    nothing(at(GAP));
    assertEquals(Optional.empty(), schedule.delay(at(GAP)));
  }
}
