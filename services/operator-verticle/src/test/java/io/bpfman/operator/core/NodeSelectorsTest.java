package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSelectorsTest {
  private static final Map<String, String> LABELS = Map.of("zone", "a", "disk", "ssd");

  @Test
  void anEmptySelectorMatchesEveryNodeAndAnAbsentOneNone() {
    assertTrue(NodeSelectors.matches(new LabelSelector(), Map.of()));
    assertFalse(NodeSelectors.matches(null, LABELS));
  }

  @ParameterizedTest
  @CsvSource({
    "In, zone, a, true",
    "In, zone, b, false",
    "In, rack, a, false",
    "NotIn, zone, a, false",
    "NotIn, zone, b, true",
    "NotIn, rack, a, true",
    "Exists, zone, , true",
    "Exists, rack, , false",
    "DoesNotExist, zone, , false",
    "DoesNotExist, rack, , true",
    "Equals, zone, a, false"
  })
  void expressionsHoldAsInKubernetes(String operator, String key, String value, boolean expected) {
    LabelSelectorBuilder selector = new LabelSelectorBuilder();
    var expression = selector.addNewMatchExpression().withKey(key).withOperator(operator);
    LabelSelector built =
        (value == null ? expression : expression.withValues(value)).endMatchExpression().build();
    assertEquals(expected, NodeSelectors.matches(built, LABELS));
  }

  @Test
  void labelsAndExpressionsMustAllHold() {
    LabelSelector selector =
        new LabelSelectorBuilder()
            .addToMatchLabels("zone", "a")
            .addNewMatchExpression()
            .withKey("disk")
            .withOperator("In")
            .withValues("hdd")
            .endMatchExpression()
            .build();
    assertFalse(NodeSelectors.matches(selector, LABELS));
    assertTrue(NodeSelectors.matches(selector, Map.of("zone", "a", "disk", "hdd")));
  }
}
