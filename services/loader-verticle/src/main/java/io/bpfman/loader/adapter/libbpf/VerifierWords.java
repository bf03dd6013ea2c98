package io.bpfman.loader.adapter.libbpf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the reason in a verifier log. */
final class VerifierWords {
  private static final int MOST_LINES = 3;

  /**
   * Instructions, source lines, states and notes on precision: what the verifier did, not why it
   * stopped.
   */
  private static final Pattern TRACE =
      Pattern.compile(
          "(\\d+: |; |from \\d+|func#|R\\d+(_w)?=|mark_precise|last_idx|regs=|parent ).*");

  private static final Pattern STATISTICS =
      Pattern.compile("(processed \\d|verification time|stack depth|max_states|-- ).*");

  private VerifierWords() {}

  /**
   * The lines after the last step, at most three, as one; the log's last line when there are none.
   */
  static String summary(String log) {
    List<String> reasons = new ArrayList<>();
    String last = "it gave no reason";
    for (String raw : (Iterable<String>) log.lines()::iterator) {
      String line = raw.strip();
      if (line.isEmpty() || STATISTICS.matcher(line).matches()) {
        continue;
      }
      last = line;
      if (TRACE.matcher(line).matches()) {
        reasons.clear();
      } else {
        reasons.add(line);
      }
    }
    int from = Math.max(0, reasons.size() - MOST_LINES);
    return reasons.isEmpty() ? last : String.join("; ", reasons.subList(from, reasons.size()));
  }
}
