package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.ProgramId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which program shares which maps by name. Callers hold the database's lock. */
final class SharedMapTable {
  private final Database database;

  SharedMapTable(Database database) {
    this.database = database;
  }

  void add(ProgramId program, List<String> names) throws SQLException {
    for (String name : names) {
      database.update(
          "INSERT OR IGNORE INTO shared_map_pins (name, program_id) VALUES (?, ?)",
          name,
          program.value());
    }
  }

  List<String> of(ProgramId program) throws SQLException {
    return database.query(
        row -> row.getString(1),
        "SELECT name FROM shared_map_pins WHERE program_id = ? ORDER BY name",
        program.value());
  }

  List<String> unused(List<String> names) throws SQLException {
    List<String> unused = new ArrayList<>();
    for (String name : names) {
      if (users(name).isEmpty()) {
        unused.add(name);
      }
    }
    return unused;
  }

  private List<Long> users(String name) throws SQLException {
    return database.query(
        row -> row.getLong(1),
        "SELECT program_id FROM shared_map_pins WHERE name = ? LIMIT 1",
        name);
  }
}
