package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/** Opens a store file, checks it, and makes its tables when it is new. */
final class DatabaseOpener {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private DatabaseOpener() {}

  /** Makes the directory too. SQLite gives its -wal and -shm files the mode of the file itself. */
  static Database open(Path file) {
    createFile(file);
    try {
      Connection connection = config().createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      try {
        prepare(file, connection);
        leaveTransactionsToUs(connection);
        return new Database(file, connection);
      } catch (SQLException | BpfmanException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw StoreFailures.of(file, e);
    }
  }

  private static void createFile(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      restrict(file);
    } catch (IOException e) {
      throw FailureCode.STORE_FAILED.because(
          "store %s cannot be made: %s".formatted(file, e),
          "give the daemon a directory that it can write to",
          e);
    }
  }

  private static void restrict(Path file) {
    try {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    } catch (IOException e) {
      throw FailureCode.STORE_FAILED.because(
          "the mode of store %s cannot be set to 0600: %s".formatted(file, e),
          "the file must belong to the daemon's user",
          e);
    }
  }

  /**
   * WAL with synchronous NORMAL: a commit is one write without waiting for a disk, so a killed
   * daemon loses nothing; only a crash of the host could lose the last commits, and pins and
   * programs are gone then as well. OFF would save only the flush at checkpoints, which a tmpfs
   * does not have, and could leave a damaged file where the directory is on a disk after all.
   * Temporary tables stay in memory.
   */
  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Database.BUSY_TIMEOUT_MILLIS);
    return config;
  }

  private static void prepare(Path file, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String health = single(statement, "PRAGMA quick_check(1)");
      if (!health.equals("ok")) {
        throw StoreFailures.corrupt(file, health);
      }
      int version = Integer.parseInt(single(statement, "PRAGMA user_version"));
      if (version > Schema.VERSION) {
        throw newer(file, version);
      }
      if (version == 0) {
        requireEmpty(file, statement);
      }
      if (version < Schema.VERSION) {
        upgrade(version, connection, statement);
      }
    }
  }

  /** Turning {@code autoCommit} off begins a transaction. */
  private static void leaveTransactionsToUs(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("COMMIT");
    }
  }

  private static void requireEmpty(Path file, Statement statement) throws SQLException {
    if (!single(statement, "SELECT count(*) FROM sqlite_master").equals("0")) {
      throw FailureCode.STORE_FAILED.because(
          "%s is a database of something else".formatted(file),
          "give the daemon another directory, or move the file away");
    }
  }

  /** In one transaction. */
  private static void upgrade(int version, Connection connection, Statement statement)
      throws SQLException {
    connection.setAutoCommit(false);
    for (List<String> step : Schema.STEPS.subList(version, Schema.VERSION)) {
      for (String sql : step) {
        statement.executeUpdate(sql);
      }
    }
    statement.executeUpdate("PRAGMA user_version = " + Schema.VERSION);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static BpfmanException newer(Path file, int version) {
    return FailureCode.START_REFUSED.because(
        "store %s has schema version %d; this bpfman knows versions up to %d"
            .formatted(file, version, Schema.VERSION),
        "start the newer bpfman again, or unload everything with it and remove the file");
  }

  private static String single(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
