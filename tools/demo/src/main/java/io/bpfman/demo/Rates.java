package io.bpfman.demo;

import io.bpfman.cli.output.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Turns successive readings into events per second, and knows which counters rose. */
final class Rates {
  private record Seen(long total, long at) {}

  private final String node;
  private final Map<String, Seen> first = new HashMap<>();
  private final Map<String, Seen> before = new HashMap<>();
  private final Map<String, Double> perSecond = new HashMap<>();
  private final TreeSet<String> risen = new TreeSet<>();

  Rates(String node) {
    this.node = node;
  }

  /**
   * Takes one reading.
   *
   * @param now nanoseconds of any clock that only goes forward
   */
  void add(List<CounterRow> rows, long now) {
    for (CounterRow row : rows) {
      Seen seen = new Seen(row.total(), now);
      Seen start = first.computeIfAbsent(row.key(), _ -> seen);
      Seen last = before.put(row.key(), seen);
      if (last != null && now > last.at()) {
        perSecond.put(row.key(), (row.total() - last.total()) * 1e9 / (now - last.at()));
      }
      if (row.total() > start.total()) {
        risen.add(row.program());
      }
    }
  }

  /** Programs whose counter rose since it was first read. */
  Set<String> risen() {
    return Set.copyOf(risen);
  }

  /** Lines of the table, header first. */
  List<String> table(List<CounterRow> rows) {
    Table table =
        new Table("APPLICATION", "NODE", "PROGRAM", "LINK", "ATTACH POINT", "EVENTS/S", "TOTAL");
    for (CounterRow row : rows) {
      table.row(
          row.application(),
          node,
          row.program() + " (" + row.programId() + ")",
          row.link(),
          row.attachPoint(),
          String.format(Locale.ROOT, "%8.1f", perSecond.getOrDefault(row.key(), 0.0)),
          Long.toString(row.total()));
    }
    return table.lines();
  }
}
