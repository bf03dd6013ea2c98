package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseRulesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final LeaseTimes TIMES = LeaseTimes.of(Duration.ofSeconds(15));

  private final LeaseRules rules = new LeaseRules("me", TIMES);

  private static LeaseRecord heldBy(String holder, Instant renewed, String version) {
    return new LeaseRecord(holder, 15, NOW, renewed, 4, version);
  }

  @Test
  void takesALeaseThatIsNotThere() {
    LeaseRecord made = rules.next(null, NOW, NOW).orElseThrow();
    assertEquals(new LeaseRecord("me", 15, NOW, NOW, 0, ""), made);
    assertEquals(NOW.toEpochMilli(), made.epoch());
  }

  @Test
  void renewsItsOwnWithoutAnotherEpoch() {
    LeaseRecord renewed = rules.next(heldBy("me", NOW, "7"), NOW, NOW.plusSeconds(2)).orElseThrow();
    assertEquals(new LeaseRecord("me", 15, NOW, NOW.plusSeconds(2), 4, "7"), renewed);
  }

  @Test
  void waitsForTheWholeDurationByItsOwnClockHoweverOldTheLeaseSaysItIs() {
    LeaseRecord other = heldBy("other", NOW.minus(Duration.ofDays(1)), "7");
    assertEquals(Optional.empty(), rules.next(other, NOW, NOW));
    assertEquals(Optional.empty(), rules.next(other, NOW.plusSeconds(14), NOW));
    LeaseRecord taken = rules.next(other, NOW.plusSeconds(15), NOW).orElseThrow();
    assertEquals("me", taken.holder());
    assertEquals(5, taken.transitions());
    assertEquals(other.epoch() + 1, taken.epoch());
  }

  @Test
  void aLeaderWhoseClockIsBehindHasALaterEpochAllTheSame() {
    LeaseRecord other = heldBy("", NOW, "7");
    LeaseRecord taken = rules.next(other, NOW, NOW.minus(Duration.ofDays(1))).orElseThrow();
    assertEquals(other.epoch() + 1, taken.epoch());
    LeaseRecord renewed = rules.next(taken, NOW, NOW.plusSeconds(2)).orElseThrow();
    assertEquals(taken.epoch(), renewed.epoch());
  }

  @Test
  void theProcessBeforeInTheSamePodIsGoneForCertain() {
    LeaseRules next = new LeaseRules("pod-1_b", TIMES);
    assertTrue(next.next(heldBy("pod-1_a", NOW, "7"), NOW, NOW).isPresent());
    for (String other : List.of("pod-2_a", "pod-1", "pod-1_a_b", "other")) {
      assertEquals(Optional.empty(), next.next(heldBy(other, NOW, "7"), NOW, NOW), other);
    }
    assertEquals(Optional.empty(), rules.next(heldBy("me too", NOW, "7"), NOW, NOW));
  }

  @Test
  void aRenewalBeginsTheWaitAnew() {
    rules.next(heldBy("other", NOW, "7"), NOW, NOW);
    rules.next(heldBy("other", NOW.plusSeconds(10), "8"), NOW.plusSeconds(10), NOW);
    LeaseRecord last = heldBy("other", NOW.plusSeconds(10), "8");
    assertEquals(Optional.empty(), rules.next(last, NOW.plusSeconds(24), NOW));
    assertTrue(rules.next(last, NOW.plusSeconds(25), NOW).isPresent());
  }

  @Test
  void takesAtOnceWhatWasGivenBack() {
    LeaseRecord mine = heldBy("other", NOW, "7");
    LeaseRecord free = new LeaseRules("other", TIMES).release(mine, NOW).orElseThrow();
    assertEquals("", free.holder());
    assertEquals(free.epoch() + 1, rules.next(free, NOW, NOW).orElseThrow().epoch());
  }

  @Test
  void givesBackOnlyItsOwn() {
    assertEquals(Optional.empty(), rules.release(heldBy("other", NOW, "7"), NOW));
    assertFalse(rules.holds(heldBy("other", NOW, "7")));
    assertFalse(rules.holds(null));
  }
}
