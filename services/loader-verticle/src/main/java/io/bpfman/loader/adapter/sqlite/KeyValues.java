package io.bpfman.loader.adapter.sqlite;

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
  private record Entry(long owner, String key, String value) {}

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
   * Pairs by owner; owners without pairs are absent.
   *
   * @param condition follows the owner's column: {@code = ?} or {@code IN (...)}
   */
  Map<Long, Map<String, String>> find(String condition, @Nullable Object... values)
      throws SQLException {
    List<Entry> entries =
        database.query(
            row -> new Entry(row.getLong(1), row.getString(2), row.getString(3)),
            select + condition,
            values);
    Map<Long, Map<String, String>> found = new HashMap<>();
    for (Entry entry : entries) {
      found.computeIfAbsent(entry.owner, id -> new HashMap<>()).put(entry.key, entry.value);
    }
    return found;
  }
}
