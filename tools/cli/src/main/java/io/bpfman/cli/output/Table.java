package io.bpfman.cli.output;

import java.util.ArrayList;
import java.util.List;

/** A table of left-aligned columns, two spaces apart; the last column is not padded. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... header) {
    rows.add(List.of(header));
  }

  /** As many cells as the header has. */
  public Table row(String... cells) {
    return row(List.of(cells));
  }

  /** As many cells as the header has. */
  public Table row(List<String> cells) {
    if (cells.size() != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.size(), rows.getFirst().size()));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** Header and rows, each line ended; an empty string when there is no row. */
  public String text() {
    return rows.size() == 1 ? "" : String.join("\n", lines()) + "\n";
  }

  /** Header and rows, without line ends. */
  public List<String> lines() {
    int[] widths = widths();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell);
      if (column < widths.length - 1) {
        line.repeat(' ', widths[column] - cell.length() + 2);
      }
    }
    return line.toString().stripTrailing();
  }
}
