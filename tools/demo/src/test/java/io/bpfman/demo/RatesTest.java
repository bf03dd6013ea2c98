package io.bpfman.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static final long SECOND = 1_000_000_000L;

  private final Rates rates = new Rates("node1");

  private static CounterRow row(String program, long total) {
    return new CounterRow("app", program, "9", program + "-link", "xdp eth0", total);
  }

  @Test
  void eventsPerSecondAreTheDifferenceOfTheLastTwoReadings() {
    rates.add(List.of(row("a", 100)), 0);
    rates.add(List.of(row("a", 150)), SECOND);
    List<CounterRow> last = List.of(row("a", 170));
    rates.add(last, 3 * SECOND);
    String line = rates.table(last).getLast();
    assertTrue(line.contains(" 10.0 "), line);
    assertTrue(line.endsWith(" 170"), line);
    assertTrue(line.contains("node1"), line);
  }

  @Test
  void aCounterHasRisenOnlyWhenItWentBeyondItsFirstReading() {
    rates.add(List.of(row("a", 5), row("b", 5)), 0);
    rates.add(List.of(row("a", 5), row("b", 6)), SECOND);
    assertEquals(Set.of("b"), rates.risen());
  }

  @Test
  void theTableNamesItsColumns() {
    assertEquals(
        "APPLICATION  NODE  PROGRAM  LINK  ATTACH POINT  EVENTS/S  TOTAL",
        rates.table(List.of()).getFirst());
  }
}
