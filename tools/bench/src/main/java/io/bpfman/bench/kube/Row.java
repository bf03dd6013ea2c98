package io.bpfman.bench.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one step showed.
 *
 * @param figures by name, in the order of their printing; times in seconds, memory in MB
 * @param bound most writes that are right; negative: none is set
 * @param wrong what is not as it must be; empty when all is
 */
record Row(
    String step, Map<String, Double> figures, ApiCounts counts, long bound, List<String> wrong) {

  /** Fills one row. */
  static final class Builder {
    private final String step;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long bound = -1;

    Builder(String step) {
      this.step = step;
    }

    Builder figure(String name, double value) {
      figures.put(name, value);
      return this;
    }

    Builder bound(long writes) {
      bound = writes;
      return this;
    }

    /** Notes it unless both are equal. */
    Builder expect(String what, Object wanted, Object found) {
      if (!wanted.equals(found)) {
        wrong.add("%s: %s instead of %s".formatted(what, found, wanted));
      }
      return this;
    }

    Row build(ApiCounts counts) {
      if (bound >= 0 && counts.total() > bound) {
        wrong.add("%d writes, more than %d".formatted(counts.total(), bound));
      }
      return new Row(step, figures, counts, bound, List.copyOf(wrong));
    }
  }

  String describe() {
    StringBuilder text = new StringBuilder("%-44s".formatted(step));
    figures.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, " %s %,.3f", name, value)));
    text.append(" | writes ").append(counts.total());
    if (bound >= 0) {
      text.append(" (bound ").append(bound).append(')');
    }
    text.append(", events to one watcher ").append(counts.watchEvents());
    if (!counts.writes().isEmpty()) {
      text.append("\n    ").append(counts.describe());
    }
    wrong.forEach(one -> text.append("\n    WRONG: ").append(one));
    return text.toString();
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("step", step);
    map.putAll(figures);
    map.put("writes", counts.total());
    if (bound >= 0) {
      map.put("bound", bound);
    }
    map.put("writesByKind", new TreeMap<>(counts.writes()));
    map.put("watchEvents", counts.watchEvents());
    map.put("wrong", wrong);
    return map;
  }
}
