package io.bpfman.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void fieldsKeepTheirOrderAndNothingIsLeftOut() {
    Object value =
        new Fields()
            .put("z", 1L)
            .put("a", null)
            .put("empty", List.of())
            .put("none", Map.of())
            .put("list", List.of(true, "x"))
            .map();
    assertEquals(
        """
        {
          "z": 1,
          "a": null,
          "empty": [],
          "none": {},
          "list": [
            true,
            "x"
          ]
        }""",
        Json.pretty(value));
  }

  @Test
  void aLineHoldsTheSameOnOneLine() {
    Object value = new Fields().put("list", List.of(1, Map.of("k", "v"))).put("n", null).map();
    assertEquals("{\"list\": [1,{\"k\": \"v\"}],\"n\": null}", Json.line(value));
  }

  @Test
  void charactersThatJsonForbidsAreEscaped() {
    assertEquals("\"a\\\"b\\\\c\\n\\u0001ü\"", Json.pretty("a\"b\\c\n\u0001ü"));
  }

  @Test
  void aValueOfAnotherClassIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Json.pretty(new Object()));
  }
}
