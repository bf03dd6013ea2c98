package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.Patterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects broken rules of one object; every check answers nothing and adds at most one problem.
 */
final class Rules {
  /** Length of a BPF, kernel or user-space function name in the schema. */
  private static final int MAX_FUNCTION = 64;

  private static final Pattern FUNCTION = Pattern.compile(Patterns.FUNCTION);

  private final boolean namespaced;
  private final List<FieldProblem> problems = new ArrayList<>();

  /**
   * @param namespaced whether the object is of a namespaced kind
   */
  Rules(boolean namespaced) {
    this.namespaced = namespaced;
  }

  List<FieldProblem> problems() {
    return problems;
  }

  void report(String path, String message) {
    report(path, message, FieldReason.INVALID);
  }

  void report(String path, String message, FieldReason reason) {
    problems.add(new FieldProblem(path, message, reason));
  }

  /** True when {@code value} is there. */
  boolean required(String path, @Nullable Object value) {
    if (value == null) {
      report(path, "is required", FieldReason.REQUIRED);
    }
    return value != null;
  }

  /** A value that only the namespaced kinds must have. */
  void requiredInNamespace(String path, @Nullable Object value) {
    if (namespaced) {
      required(path, value);
    }
  }

  void range(String path, @Nullable Number value, long min, long max) {
    if (value != null && (value.longValue() < min || value.longValue() > max)) {
      report(path, "must be " + min + " to " + max + ", is " + value);
    }
  }

  void notNegative(String path, @Nullable Number value) {
    if (value != null && value.longValue() < 0) {
      report(path, "must be 0 or more, is " + value);
    }
  }

  /** An absent name is no problem here. */
  void function(String path, @Nullable String name) {
    if (name == null) {
      return;
    }
    if (name.isEmpty() || name.length() > MAX_FUNCTION) {
      report(path, "must have 1 to " + MAX_FUNCTION + " characters, has " + name.length());
    } else if (!FUNCTION.matcher(name).find()) {
      report(
          path,
          "\""
              + name
              + "\" is no function name: at least three characters, a letter first, then a letter, digit or underscore");
    }
  }

  void requiredFunction(String path, @Nullable String name) {
    if (required(path, name)) {
      function(path, name);
    }
  }

  /** Exactly one of the members may be there; {@code members} holds absent ones as null. */
  void exactlyOne(String path, Map<String, @Nullable Object> members) {
    List<String> given =
        members.entrySet().stream()
            .filter(entry -> Objects.nonNull(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (given.size() != 1) {
      String names = String.join(", ", members.keySet());
      String found = given.isEmpty() ? "none" : String.join(", ", given);
      report(path, "must have exactly one of " + names + "; has " + found);
    }
  }
}
