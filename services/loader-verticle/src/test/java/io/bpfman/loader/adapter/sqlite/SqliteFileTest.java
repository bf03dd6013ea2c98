package io.bpfman.loader.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The file of a store: its version, its owner, and what is no such file. */
class SqliteFileTest extends SqliteStoreCase {
  @Test
  void upgradesTheStoreOfTheFirstVersion() throws SQLException {
    store().addPrograms(List.of(program(1, Map.of())), List.of());
    store().close();
    execute("DROP TABLE replacements");
    execute("ALTER TABLE programs DROP COLUMN source");
    execute("ALTER TABLE programs DROP COLUMN license");
    execute("DROP TABLE dispatchers");
    execute("DROP INDEX links_by_hook");
    for (String column : List.of("netns_id", "ifindex", "slot", "running_program")) {
      execute("ALTER TABLE links DROP COLUMN " + column);
    }
    execute("DROP TABLE unloads");
    execute("PRAGMA user_version = 1");
    openStore();
    store().beginUnload(new ProgramId(1));
    assertEquals(List.of(new ProgramId(1)), store().unloading());
    assertEquals(List.of(), store().replacing());
    assertEquals(List.of(), store().dispatchers());
  }

  @Test
  void megabytesThatAnEarlierVersionStoredAreLeftOutAndCounted() {
    String mebibyte = "x".repeat(1 << 20);
    for (long id = 1; id <= 3; id++) {
      store()
          .addPrograms(
              List.of(program(id, Map.of("a", mebibyte, "bpfman.io/uuid", "u" + id))), List.of());
      store().beginAttach(new ProgramId(id), new AttachSpec.Lsm(), Map.of("b", mebibyte));
    }
    String note =
        "%d bytes of metadata or global data; the limit is 65536".formatted((1 << 20) + 1);
    for (ProgramRecord program : store().programs(Map.of())) {
      assertEquals(
          Map.of("bpfman.io/uuid", "u" + program.id(), "bpfman.io/left-out", note),
          program.metadata());
    }
    for (LinkRecord link : store().links()) {
      assertEquals(Map.of("bpfman.io/left-out", note), link.metadata());
    }
  }

  @Test
  void belongsToItsOwnerAlone() throws IOException {
    store().addPrograms(List.of(program(1, Map.of())), List.of());
    for (Path path : List.of(file(), Path.of(file() + "-wal"))) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
  }

  @Test
  void refusesToStartOnANewerDatabase() throws SQLException {
    store().close();
    execute("PRAGMA user_version = 99");
    BpfmanException refusal = assertCode(FailureCode.START_REFUSED, this::openStore);
    assertTrue(refusal.getMessage().contains("version 99"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("up to " + Schema.VERSION), refusal.getMessage());
    execute("PRAGMA user_version = " + Schema.VERSION);
    openStore();
  }

  @Test
  void refusesTheDatabaseOfSomethingElse() throws SQLException {
    store().close();
    execute("PRAGMA user_version = 0");
    assertCode(FailureCode.STORE_FAILED, this::openStore);
  }

  @Test
  void namesADamagedFileAndTheWayOut() throws IOException {
    store().close();
    Files.writeString(file(), "this is no database, but long enough to look at".repeat(100));
    BpfmanException refusal = assertCode(FailureCode.STORE_FAILED, this::openStore);
    assertTrue(refusal.getMessage().contains(file() + " is damaged"), refusal.getMessage());
    assertTrue(refusal.failure().hint().contains("move"), refusal.getMessage());
  }

  @Test
  void saysThatItIsClosed() {
    store().close();
    store().close();
    BpfmanException refusal = assertCode(FailureCode.STORE_FAILED, () -> store().links());
    assertTrue(refusal.getMessage().contains("is closed"), refusal.getMessage());
  }
}
