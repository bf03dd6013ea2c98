package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedInternerTest {
  private final BoundedInterner<Verdict> verdicts = new BoundedInterner<>();

  private static Verdict verdict(int number) {
    return Verdict.of("Success", "LoadSuccess", number + " programs loaded");
  }

  @Test
  void equalValuesBecomeOneInstance() {
    Verdict first = verdict(1);
    assertSame(first, verdicts.share(first));
    assertSame(first, verdicts.share(verdict(1)));
    assertEquals(verdict(2), verdicts.share(verdict(2)));
  }

  @Test
  void manyOthersPushAValueOut() {
    Verdict first = verdicts.share(verdict(1));
    IntStream.range(2, 1_000).forEach(number -> verdicts.share(verdict(number)));
    assertNotSame(first, verdicts.share(verdict(1)));
  }
}
