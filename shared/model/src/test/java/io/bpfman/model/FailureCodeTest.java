package io.bpfman.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailureCodeTest {
  @Test
  void numbersAndReasonsAreUnique() {
    long codes = FailureCode.values().length;
    assertEquals(
        codes,
        Arrays.stream(FailureCode.values()).mapToInt(FailureCode::number).distinct().count());
    assertEquals(
        codes, Arrays.stream(FailureCode.values()).map(FailureCode::reason).distinct().count());
  }

  @Test
  void everyNumberLeadsBackToItsCode() {
    for (FailureCode code : FailureCode.values()) {
      assertEquals(code, FailureCode.ofNumber(code.number()));
    }
  }

  @Test
  void unknownNumberCountsAsInternal() {
    assertEquals(FailureCode.INTERNAL, FailureCode.ofNumber(999_999));
  }

  @Test
  void reasonsHaveTheFormThatKubernetesConditionsAsk() {
    for (FailureCode code : FailureCode.values()) {
      assertTrue(code.reason().matches("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?"), code.reason());
    }
  }

  @Test
  void unexpectedExceptionBecomesInternalWithItsText() {
    Failure failure = Failure.of(new IllegalStateException("broken"));
    assertEquals(FailureCode.INTERNAL, failure.code());
    assertEquals("IllegalStateException: broken", failure.message());
  }
}
