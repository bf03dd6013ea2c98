package io.bpfman.operator.core;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Label selectors as Kubernetes applies them: every label and every expression must hold; an empty
 * selector matches everything. Asked of all nodes and applications with each status: makes next to
 * nothing.
 */
public final class NodeSelectors {
  private NodeSelectors() {}

  /** An absent selector matches nothing. */
  public static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
    if (selector == null) {
      return false;
    }
    return holds(selector.getMatchLabels(), labels) && hold(selector.getMatchExpressions(), labels);
  }

  private static boolean holds(@Nullable Map<String, String> wanted, Map<String, String> labels) {
    return wanted == null || labels.entrySet().containsAll(wanted.entrySet());
  }

  private static boolean hold(
      @Nullable List<LabelSelectorRequirement> expressions, Map<String, String> labels) {
    if (expressions == null) {
      return true;
    }
    for (LabelSelectorRequirement expression : expressions) {
      if (!holds(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(LabelSelectorRequirement expression, Map<String, String> labels) {
    String value = labels.get(expression.getKey());
    return switch (expression.getOperator()) {
      case "In" -> value != null && expression.getValues().contains(value);
      case "NotIn" -> value == null || !expression.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
