package io.bpfman.loader.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void anErrorWithinATransactionTakesItBackAndLeavesNoneOpen() {
    try (Database database = DatabaseOpener.open(directory.resolve("store.db"))) {
      Error injected = new OutOfMemoryError("injected");
      Error thrown =
          assertThrows(
              Error.class,
              () ->
                  database.transaction(
                      () -> {
                        database.update("CREATE TABLE half_done (id INTEGER)");
                        throw injected;
                      }));
      assertSame(injected, thrown);
      assertEquals(List.of(), tables(database));
      database.transaction(() -> database.update("CREATE TABLE half_done (id INTEGER)"));
      assertEquals(List.of("half_done"), tables(database));
    }
  }

  @Test
  void anErrorWhileReadingARowClosesTheStatement() {
    try (Database database = DatabaseOpener.open(directory.resolve("store.db"))) {
      Error injected = new StackOverflowError("injected");
      String sql = "SELECT count(*) FROM sqlite_master";
      assertSame(
          injected,
          assertThrows(
              Error.class,
              () ->
                  database.reading(
                      () ->
                          database.query(
                              row -> {
                                throw injected;
                              },
                              sql))));
      assertEquals(1, database.reading(() -> database.query(row -> row.getInt(1) > 0, sql)).size());
    }
  }

  private static List<String> tables(Database database) {
    return database.reading(
        () ->
            database.query(
                row -> row.getString(1),
                "SELECT name FROM sqlite_master WHERE name = 'half_done'"));
  }
}
