package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EpochsTest {
  @Test
  void growWithTheClockAndAlsoWhenThatIsSetBack() {
    Instant now = Instant.ofEpochMilli(1_000);
    assertEquals(1_000, Epochs.next(0, now));
    assertEquals(1_001, Epochs.next(1_000, now));
    assertEquals(2_001, Epochs.next(2_000, now));
  }
}
