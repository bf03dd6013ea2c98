package io.bpfman.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "0s, PT0S",
    "30s, PT30S",
    "1m30s, PT1M30S",
    "500ms, PT0.5S",
    "1.5h, PT1H30M",
    ".5s, PT0.5S",
    "1.s, PT1S",
    "1h2m3s4ms5us6ns, PT1H2M3.004005006S",
    "7µs, PT0.000007S",
    "2562047h, PT2562047H"
  })
  void partsAddUpAsInGo(String text, Duration expected) {
    assertEquals(expected, GoDuration.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1s", "1s ", "-1s", "+1s", "s", ".s", "1s2", "30", "1d", "1 s", "abc", "1m1"})
  void anythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> GoDuration.parse(text));
  }

  @Test
  void moreThanGoCanHoldIsRefusedBeforeItOverflows() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> GoDuration.parse("9".repeat(4000) + "h"));
    assertTrue(refusal.getMessage().contains("292 years"), refusal.getMessage());
  }
}
