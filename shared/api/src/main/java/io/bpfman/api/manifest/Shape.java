package io.bpfman.api.manifest;

import java.util.List;
import java.util.SortedMap;

/** What a value in a manifest must look like. */
sealed interface Shape {
  /** A string. */
  record Text() implements Shape {}

  /** An integer, bounds inclusive. */
  record Whole(long min, long max) implements Shape {}

  /** A boolean. */
  record Flag() implements Shape {}

  /** One of these words. */
  record Choice(List<String> words) implements Shape {}

  /** A quantity of Kubernetes: a number, or text such as 96Mi. */
  record Amount() implements Shape {}

  /** Bytes: base64, or a list of integers 0 to 255. */
  record Binary() implements Shape {}

  /** A list. */
  record Many(Shape element) implements Shape {}

  /** A mapping with keys of the user's choice. */
  record Table(Shape value) implements Shape {}

  /** A mapping with these keys. */
  record Fields(SortedMap<String, Shape> members) implements Shape {}

  /** Anything. */
  record Open() implements Shape {}

  /** The name for a message. */
  default String describe() {
    return switch (this) {
      case Text ignored -> "text";
      case Whole ignored -> "an integer";
      case Flag ignored -> "true or false";
      case Choice choice -> "one of " + String.join(", ", choice.words());
      case Amount ignored -> "a number with or without a unit, such as 96Mi or 0.5";
      case Binary ignored -> "base64 text or a list of integers 0 to 255";
      case Many ignored -> "a list";
      case Table ignored -> "a mapping";
      case Fields ignored -> "a mapping";
      case Open ignored -> "anything";
    };
  }
}
