package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.RequestBounds;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the side tables that hold pairs of texts for each owner. Table names are
 * constants of this package.
 */
final class KeyValues {
  /**
   * Pairs of one owner.
   *
   * @param leftOut UTF-8 bytes of pairs that are too many
   */
  record Pairs(Map<String, String> map, long leftOut) {
    static final Pairs NONE = new Pairs(Map.of(), 0);
  }

  /** Pairs of one owner while they are read. */
  private static final class Reading {
    private final Map<String, String> pairs = new HashMap<>();
    private long bytes;
    private long leftOut;

    void add(String key, String value, int limit) {
      long more = RequestBounds.metadataBytes(Map.of(key, value));
      if (bytes + more > limit) {
        leftOut += more;
      } else {
        bytes += more;
        pairs.put(key, value);
      }
    }
  }

  private final Database database;
  private final String insert;
  private final String delete;
  private final String select;

  /**
   * @param columns owner, key and value, in this order
   */
  KeyValues(Database database, String table, List<String> columns) {
    String owner = columns.get(0);
    this.database = database;
    this.insert =
        "INSERT INTO %s (%s) VALUES (?, ?, ?)".formatted(table, String.join(", ", columns));
    this.delete = "DELETE FROM %s WHERE %s = ?".formatted(table, owner);
    this.select = "SELECT %s FROM %s WHERE %s ".formatted(String.join(", ", columns), table, owner);
  }

  void add(long owner, Map<String, String> pairs) throws SQLException {
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      database.update(insert, owner, pair.getKey(), pair.getValue());
    }
  }

  void replace(long owner, Map<String, String> pairs) throws SQLException {
    database.update(delete, owner);
    add(owner, pairs);
  }

  /**
   * Pairs by owner; owners without pairs are absent. Stores of earlier versions may have megabytes
   * for each; what exceeds the limit is never all in memory.
   *
   * @param limit UTF-8 bytes of one owner's pairs; a pair that fits no more is left out
   * @param condition follows the owner's column: {@code = ?} or {@code IN (...)}
   */
  Map<Long, Pairs> find(int limit, String condition, @Nullable Object... values)
      throws SQLException {
    Map<Long, Reading> found = new HashMap<>();
    database.query(
        row -> {
          found
              .computeIfAbsent(row.getLong(1), id -> new Reading())
              .add(row.getString(2), row.getString(3), limit);
          return true;
        },
        select + condition,
        values);
    Map<Long, Pairs> pairs = new HashMap<>();
    found.forEach((owner, read) -> pairs.put(owner, new Pairs(read.pairs, read.leftOut)));
    return pairs;
  }
}
