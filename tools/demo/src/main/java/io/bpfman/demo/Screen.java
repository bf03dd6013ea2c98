package io.bpfman.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Lines that stay, and below them on a terminal a table that is drawn anew in place. One thread.
 */
final class Screen {
  private static final String BOLD = "\033[1m";
  private static final String YELLOW = "\033[33m";
  private static final String PLAIN = "\033[0m";

  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private final long started;
  private List<String> table = List.of();

  /**
   * @param width columns of the terminal; longer table lines are cut, because a wrapped one cannot
   *     be drawn over
   * @param started System.nanoTime() at the start
   */
  Screen(PrintStream out, boolean terminal, int width, long started) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
    this.started = started;
  }

  boolean isTerminal() {
    return terminal;
  }

  /** A step that is done, with the time since the start. */
  void step(String text) {
    keep(stamp() + text);
  }

  /** Something that a person should notice. */
  void notice(String text) {
    keep(stamp() + (terminal ? YELLOW + text + PLAIN : text));
  }

  /** A line as it is. */
  void line(String text) {
    keep(text);
  }

  /** In place of the last table on a terminal, else below it. */
  void table(List<String> lines) {
    StringBuilder text = new StringBuilder(erasure());
    List<String> cut = lines.stream().map(this::cut).toList();
    append(text, cut);
    table = cut;
    print(text);
  }

  /** Lets the table stay where it is; further lines go below it. */
  void settle() {
    table = List.of();
  }

  private void keep(String line) {
    StringBuilder text = new StringBuilder(erasure()).append(line).append('\n');
    if (terminal) {
      append(text, table);
    }
    print(text);
  }

  private void append(StringBuilder text, List<String> lines) {
    for (int index = 0; index < lines.size(); index++) {
      boolean head = terminal && index == 0;
      text.append(head ? BOLD : "").append(lines.get(index)).append(head ? PLAIN : "").append('\n');
    }
  }

  private String erasure() {
    return terminal && !table.isEmpty() ? "\033[" + table.size() + "A\033[J" : "";
  }

  private String cut(String line) {
    return terminal && line.length() > width ? line.substring(0, width) : line;
  }

  private String stamp() {
    Duration since = Duration.ofNanos(System.nanoTime() - started);
    return "[%6.1f s] ".formatted(since.toMillis() / 1000.0);
  }

  private void print(StringBuilder text) {
    out.print(text);
    out.flush();
  }
}
