package io.bpfman.nudge.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a check looks for. A rule has one severity; README.md lists all of them. */
public sealed interface Rule
    permits AdviceRule, BundleRule, CatalogRule, CrossRule, CsvRule, GraphRule, SnapshotRule {
  /** Name of the constant. */
  String name();

  /** What is said of it where it is declared. */
  Terms terms();

  /**
   * What a rule is about.
   *
   * @param severity how much a breach matters
   * @param source whose rule it is: V, B, C, D, F of operator-sdk, CH, P, BU, DE of opm, the name
   *     of an optional set, Conforma, or ours
   * @param holds what must hold, in a few words
   */
  record Terms(Severity severity, String source, String holds) {}

  /** How much a breach matters. */
  default Severity severity() {
    return terms().severity();
  }

  /** See {@link Terms}. */
  default String source() {
    return terms().source();
  }

  /** See {@link Terms}. */
  default String holds() {
    return terms().holds();
  }

  /** Stable name in lower case with hyphens, as it is printed. */
  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Every rule, in the order of the declarations. */
  static List<Rule> all() {
    return Stream.<Rule[]>of(
            GraphRule.values(),
            BundleRule.values(),
            CsvRule.values(),
            AdviceRule.values(),
            CatalogRule.values(),
            CrossRule.values(),
            SnapshotRule.values())
        .flatMap(Arrays::stream)
        .toList();
  }
}
