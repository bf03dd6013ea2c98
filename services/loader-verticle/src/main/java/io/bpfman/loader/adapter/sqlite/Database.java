package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection behind one lock, with its prepared statements. Thread-safe through {@link
 * #transaction} and {@link #reading}.
 */
final class Database implements AutoCloseable {
  static final int BUSY_TIMEOUT_MILLIS = 5000;

  /**
   * Statements kept; beyond it, which only searches by very many keys reach, one is compiled for
   * each use.
   */
  private static final int MAX_STATEMENTS = 64;

  /** Steps that are done together. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Makes an object of the current row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a statement whose values are bound. */
  @FunctionalInterface
  private interface Execution<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Path file;
  private final Connection connection;

  /**
   * @param connection with {@code autoCommit} off and no transaction open, so that the driver
   *     begins and commits nothing: it would do so once more around each of our transactions
   */
  Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** All or nothing; BEGIN IMMEDIATE. */
  <T> T transaction(Work<T> work) {
    return locked(
        () -> {
          update("BEGIN IMMEDIATE");
          try {
            T answer = work.run();
            update("COMMIT");
            return answer;
          } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
            throw e;
          }
        });
  }

  /** Also after an Error: a transaction left open would refuse every later one. */
  private void abandon(Throwable reason) {
    try {
      update("ROLLBACK");
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** Several reads that see the same state, which the lock alone grants: nobody else writes. */
  <T> T reading(Work<T> work) {
    return locked(work);
  }

  private <T> T locked(Work<T> work) {
    lock.lock();
    try {
      if (connection.isClosed()) {
        throw FailureCode.STORE_FAILED.because("store %s is closed".formatted(file));
      }
      return work.run();
    } catch (SQLException e) {
      throw StoreFailures.of(file, e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw StoreFailures.corrupt(file, "a column has a value of no meaning", e);
    } finally {
      lock.unlock();
    }
  }

  /** Answers the number of changed rows. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return executed(sql, PreparedStatement::executeUpdate, values);
  }

  <T> List<T> query(RowReader<T> reader, String sql, @Nullable Object... values)
      throws SQLException {
    return executed(sql, statement -> rows(statement, reader), values);
  }

  private static <T> List<T> rows(PreparedStatement statement, RowReader<T> reader)
      throws SQLException {
    List<T> answer = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        answer.add(reader.read(rows));
      }
    }
    return answer;
  }

  private <T> T executed(String sql, Execution<T> execution, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = statement(sql);
    try {
      bind(statement, values);
      T answer = execution.run(statement);
      release(sql, statement);
      return answer;
    } catch (SQLException | RuntimeException | Error e) {
      forget(sql, statement, e);
      throw e;
    }
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) {
      return known;
    }
    PreparedStatement made = connection.prepareStatement(sql);
    if (statements.size() < MAX_STATEMENTS) {
      statements.put(sql, made);
    }
    return made;
  }

  private void release(String sql, PreparedStatement statement) throws SQLException {
    if (statements.get(sql) != statement) {
      statement.close();
    }
  }

  /** The driver closes a statement that failed, so it must not be used again. */
  private void forget(String sql, PreparedStatement statement, Throwable reason) {
    statements.remove(sql, statement);
    try {
      statement.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  Path file() {
    return file;
  }

  /** Idempotent; merges the write-ahead log into the file. */
  @Override
  public void close() {
    lock.lock();
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      statements.clear();
      connection.close();
    } catch (SQLException e) {
      throw StoreFailures.of(file, e);
    } finally {
      lock.unlock();
    }
  }
}
