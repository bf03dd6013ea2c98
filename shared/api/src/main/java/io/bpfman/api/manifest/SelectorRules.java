package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.InterfaceSelector;
import io.bpfman.api.v1alpha1.InterfacesDiscoveryConfig;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Rules of selectors. */
final class SelectorRules {
  /** An interface's name has 15 characters; compiling a much longer expression costs stack. */
  private static final int MAX_EXPRESSION = 256;

  private SelectorRules() {}

  /** An absent selector is no problem here. */
  static void labels(Rules rules, String path, @Nullable LabelSelector selector) {
    if (selector == null) {
      return;
    }
    if (selector.getMatchLabels() != null) {
      selector
          .getMatchLabels()
          .forEach(
              (key, value) -> {
                key(rules, path + ".matchLabels", key);
                value(rules, path + ".matchLabels." + key, value);
              });
    }
    if (selector.getMatchExpressions() == null) {
      return;
    }
    List<LabelSelectorRequirement> expressions = selector.getMatchExpressions();
    for (int i = 0; i < expressions.size(); i++) {
      expression(rules, path + ".matchExpressions[" + i + "]", expressions.get(i));
    }
  }

  private static void expression(Rules rules, String path, LabelSelectorRequirement expression) {
    if (rules.required(path + ".key", expression.getKey())) {
      key(rules, path + ".key", expression.getKey());
    }
    String operator = expression.getOperator();
    if (!rules.required(path + ".operator", operator)) {
      return;
    }
    boolean empty = expression.getValues() == null || expression.getValues().isEmpty();
    switch (operator) {
      case "In", "NotIn" -> {
        if (empty) {
          rules.report(
              path + ".values",
              "operator " + operator + " needs at least one value",
              FieldReason.REQUIRED);
        } else {
          values(rules, path + ".values", expression.getValues());
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!empty) {
          rules.report(path + ".values", "does not go with operator " + operator);
        }
      }
      default ->
          rules.report(
              path + ".operator",
              "unknown value \"" + operator + "\"; known: In, NotIn, Exists, DoesNotExist",
              FieldReason.NOT_SUPPORTED);
    }
  }

  private static void key(Rules rules, String path, String key) {
    if (!Names.isLabelKey(key)) {
      rules.report(
          path,
          "\"%s\" is no key of a label: name, or subdomain/name; letters, digits, '-', '_' and '.', the name at most %d characters"
              .formatted(key, Names.MAX_LABEL));
    }
  }

  private static void values(Rules rules, String path, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      value(rules, path + "[" + i + "]", values.get(i));
    }
  }

  private static void value(Rules rules, String path, @Nullable String value) {
    if (value == null) {
      rules.report(path, "must not be empty", FieldReason.REQUIRED);
    } else if (!Names.isLabelValue(value)) {
      rules.report(
          path,
          "\"%s\" is no value of a label: at most %d letters, digits, '-', '_' and '.', a letter or digit first and last"
              .formatted(value, Names.MAX_LABEL));
    }
  }

  static void interfaces(Rules rules, String path, InterfaceSelector selector) {
    Map<String, @Nullable Object> ways = new LinkedHashMap<>();
    ways.put("interfaces", selector.getInterfaces());
    ways.put("primaryNodeInterface", selector.getPrimaryNodeInterface());
    ways.put("interfacesDiscoveryConfig", selector.getInterfacesDiscoveryConfig());
    rules.exactlyOne(path, ways);
    if (selector.getInterfaces() != null) {
      names(rules, path + ".interfaces", selector.getInterfaces());
    }
    if (Boolean.FALSE.equals(selector.getPrimaryNodeInterface())) {
      rules.report(path + ".primaryNodeInterface", "false chooses no interface; must be true");
    }
    if (selector.getInterfacesDiscoveryConfig() != null) {
      discovery(
          rules, path + ".interfacesDiscoveryConfig", selector.getInterfacesDiscoveryConfig());
    }
  }

  private static void names(Rules rules, String path, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!Names.isInterface(name)) {
        rules.report(
            path + "[" + i + "]",
            "\""
                + name
                + "\" is no interface name: 1 to 15 characters without blanks, '/' and ':'");
      }
    }
  }

  private static void discovery(Rules rules, String path, InterfacesDiscoveryConfig config) {
    if (!Boolean.TRUE.equals(config.getInterfaceAutoDiscovery())) {
      rules.report(path + ".interfaceAutoDiscovery", "must be true, or no interface is chosen");
    }
    for (int i = 0; i < config.getAllowedInterfaces().size(); i++) {
      String entry = config.getAllowedInterfaces().get(i);
      if (entry.length() > 1 && entry.startsWith("/") && entry.endsWith("/")) {
        expression(rules, path + ".allowedInterfaces[" + i + "]", entry);
      }
    }
  }

  private static void expression(Rules rules, String path, String entry) {
    if (entry.length() > MAX_EXPRESSION) {
      rules.report(
          path,
          "must have at most " + MAX_EXPRESSION + " characters, has " + entry.length(),
          FieldReason.TOO_LONG);
      return;
    }
    try {
      Pattern.compile(entry.substring(1, entry.length() - 1));
    } catch (PatternSyntaxException e) {
      rules.report(path, entry + " is no regular expression: " + e.getDescription());
    }
  }
}
