package io.bpfman.loader.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A store in a directory of its own. */
abstract class SqliteStoreCase {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456789Z");

  @TempDir Path directory;
  private @Nullable SqliteProgramStore open;

  @BeforeEach
  void openStore() {
    open = new SqliteProgramStore(file(), InstantSource.fixed(NOW));
  }

  @AfterEach
  void closeStore() {
    store().close();
  }

  SqliteProgramStore store() {
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open;
  }

  Path file() {
    return directory.resolve("db/store.db");
  }

  static ProgramRecord program(long id, Map<String, String> metadata) {
    return new ProgramRecord(
        new ProgramId(id),
        new ProgramSpec("count", ProgramType.XDP),
        new Bytecode.File("/opt/count.o"),
        Map.of("limit", Bytes.ofHex("0a00")),
        metadata,
        "0123456789abcdef",
        new ProgramId(id),
        null,
        NOW);
  }

  static BpfmanException assertCode(FailureCode code, Executable action) {
    BpfmanException failure = assertThrows(BpfmanException.class, action);
    assertEquals(code, failure.code(), failure.getMessage());
    return failure;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
