package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/** Puts a store that cannot be read out of the way, so that a person can look at it later. */
public final class DamagedStore {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private DamagedStore() {}

  /**
   * Renames a damaged store and its -wal and -shm to {@code <name>.damaged-<UTC time>} and answers
   * the new name of the store. Empty, and nothing is touched, when SQLite finds no damage.
   */
  public static Optional<Path> setAside(Path file, InstantSource clock) {
    if (!isDamaged(file)) {
      return Optional.empty();
    }
    String suffix = ".damaged-" + TIME.format(clock.instant());
    try {
      for (String part : List.of("-wal", "-shm", "")) {
        Path from = Path.of(file + part);
        if (Files.exists(from)) {
          Files.move(from, Path.of(file + suffix + part));
        }
      }
    } catch (IOException e) {
      throw FailureCode.STORE_FAILED.because(
          "store %s is damaged and cannot be moved away: %s".formatted(file, e),
          "move it away by hand and start again",
          e);
    }
    return Optional.of(Path.of(file + suffix));
  }

  /** Whether SQLite finds damage in an existing file, which stays as it is. */
  public static boolean isDamaged(Path file) {
    try (Connection connection =
            new SQLiteConfig().createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
      return !rows.next() || !"ok".equals(rows.getString(1));
    } catch (SQLException e) {
      return StoreFailures.tellsOfDamage(e);
    }
  }
}
