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

  /** How much a breach matters. */
  Severity severity();

  /**
   * Whose rule it is: V, B, C, D, F of operator-sdk, CH, P, BU, DE of opm, the name of an optional
   * set, Conforma, or ours.
   */
  String source();

  /** What must hold, in a few words. */
  String holds();

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
