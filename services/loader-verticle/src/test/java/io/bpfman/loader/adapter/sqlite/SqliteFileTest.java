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
  void upgradesTheStoreOfTheFirstVersion() throws SQLException, IOException {
    store().close();
    Files.delete(file());
    for (String statement : Schema.STEPS.getFirst()) {
      execute(statement);
    }
    execute(
        "INSERT INTO programs (id, name, type, file_path, kernel_tag, map_set, created_at)"
            + " VALUES (1, 'old', 'UPROBE', '/old.o', 'cafe', 1, '2026-01-01T00:00:00Z')");
    execute(
        "INSERT INTO links (program_id, kind, stage, kernel_link_id, created_at, target, function,"
            + " offset) VALUES (1, 'uprobe', 'ATTACHED', 7, '2026-01-01T00:00:00Z', '/bin/a', 'f', 0)");
    execute("PRAGMA user_version = 1");
    openStore();
    LinkRecord link = store().links().getFirst();
    assertEquals(new AttachSpec.Uprobe("/bin/a", "f", 0, null, null), link.spec());
    assertEquals(null, link.probed());
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
      store().beginAttach(new ProgramId(id), new AttachSpec.Lsm(), Map.of("b", mebibyte), null);
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
