package io.bpfman.loader.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.Direction;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.FailureCode;
import io.bpfman.model.FileIdentity;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.Placement;
import io.bpfman.model.ProbedTarget;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SqliteProgramStoreTest extends SqliteStoreCase {
  private static final AttachSpec LSM = new AttachSpec.Lsm();

  @Test
  void returnsProgramsAsTheyWereAdded() {
    ProgramRecord plain = program(5, Map.of("app", "a", "x", "ü'\"; --"));
    Bytecode image = new Bytecode.Image("quay.io/a:b", Bytecode.PullPolicy.NEVER, "user", null);
    ProgramRecord pulled =
        new ProgramRecord(
            new ProgramId(0xFFFF_FFFFL),
            new ProgramSpec("f", ProgramType.FENTRY, "do_unlinkat"),
            image,
            Map.of("limit", Bytes.of((byte) 0, (byte) -1), "empty", Bytes.of()),
            Map.of(),
            "0123456789abcdef",
            new ProgramId(5),
            new ProgramId(5),
            NOW);
    store().addPrograms(List.of(pulled, plain), List.of());
    reopen();
    assertEquals(List.of(plain, pulled), store().programs(Map.of()));
    assertEquals(Optional.of(pulled), store().program(pulled.id()));
    assertEquals(Optional.empty(), store().program(new ProgramId(6)));
    assertEquals(List.of(plain.id(), pulled.id()), store().mapSetUsers(plain.id()));
  }

  @Test
  void neverKeepsThePasswordOfARegistry() throws IOException {
    ProgramRecord base = program(1, Map.of());
    Bytecode image = new Bytecode.Image("u", Bytecode.PullPolicy.ALWAYS, "n", "secret-word");
    store()
        .addPrograms(
            List.of(
                new ProgramRecord(
                    base.id(), base.spec(), image, Map.of(), Map.of(), "t", base.id(), null, NOW)),
            List.of());
    store().close();
    assertTrue(
        !new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1)
            .contains("secret-word"));
  }

  @Test
  void findsProgramsThatMatchEveryPair() {
    ProgramRecord both = program(1, Map.of("a", "1", "b", "2"));
    ProgramRecord one = program(2, Map.of("a", "1"));
    store().addPrograms(List.of(both, one), List.of());
    assertEquals(List.of(both, one), store().programs(Map.of("a", "1")));
    assertEquals(List.of(both), store().programs(Map.of("a", "1", "b", "2")));
    assertEquals(List.of(), store().programs(Map.of("a", "2")));
  }

  @Test
  void replacesWhatIsLeftOfAnEarlierProgramOfTheSameId() {
    store().addPrograms(List.of(program(1, Map.of("a", "old"))), List.of("m"));
    begin();
    ProgramRecord second = program(1, Map.of("a", "new"));
    store().addPrograms(List.of(second, program(2, Map.of())), List.of());
    assertEquals(Optional.of(second), store().program(second.id()));
    assertEquals(List.of(), store().links());
    assertEquals(List.of("m"), store().unusedSharedMaps(List.of("m")));
  }

  @Test
  void remembersThatAProgramIsBeingUnloaded() {
    store().addPrograms(List.of(program(1, Map.of()), program(2, Map.of())), List.of());
    begin();
    store().beginUnload(new ProgramId(1));
    store().beginUnload(new ProgramId(1));
    store().beginUnload(new ProgramId(3));
    reopen();
    assertEquals(List.of(new ProgramId(1)), store().unloading());
    assertEquals(LinkRecord.Stage.DETACHING, store().links().getFirst().stage());
    store().removeProgram(new ProgramId(1));
    assertEquals(List.of(), store().unloading());
  }

  @Test
  void recordsADispatcherTogetherWithItsMembers() {
    store().addPrograms(List.of(program(1, Map.of())), List.of());
    HookId hook = new HookId(4026531840L, 7);
    ChainKey key = new ChainKey(ChainType.TC_INGRESS, hook);
    LinkRecord member = begin().attached(33, new Placement(hook, 0, 44));
    DispatcherRecord first =
        new DispatcherRecord(key, new NetworkHook("eth0", "/run/netns/blue"), 1, 55, 0);
    store().putDispatcher(first, List.of(member));
    reopen();
    assertEquals(Optional.of(first), store().dispatcher(key));
    assertEquals(List.of(member), store().linksAt(hook));
    assertEquals(List.of(), store().linksAt(new HookId(4026531840L, 8)));
    assertEquals(List.of(), store().linksAt(new HookId(1, 7)));

    DispatcherRecord second = new DispatcherRecord(key, new NetworkHook("eth0", null), 2, 56, 9);
    LinkRecord stranger =
        new LinkRecord(
            new LinkId(99),
            member.program(),
            member.spec(),
            Map.of(),
            1,
            LinkRecord.Stage.ATTACHED,
            member.createdAt(),
            null);
    assertThrows(
        BpfmanException.class, () -> store().putDispatcher(second, List.of(member, stranger)));
    assertEquals(List.of(first), store().dispatchers());

    LinkRecord direct = member.attached(0, new Placement(hook, Placement.DIRECT, 1));
    store().removeDispatcher(key, List.of(direct));
    store().removeDispatcher(key, List.of());
    assertEquals(List.of(), store().dispatchers());
    assertEquals(List.of(direct), store().links());
  }

  @Test
  void keepsEveryKindOfLink() {
    store().addPrograms(List.of(program(1, Map.of())), List.of());
    NetworkHook own = new NetworkHook("eth0", null);
    NetworkHook blue = new NetworkHook("eth0", "/run/netns/blue");
    List<AttachSpec> specs =
        List.of(
            new AttachSpec.Xdp(own, 50, Set.of(XdpAction.PASS, XdpAction.DISPATCHER_RETURN)),
            new AttachSpec.Xdp(own, 0, Set.of()),
            new AttachSpec.Tc(blue, Direction.EGRESS, 7, TcAction.defaultProceedOn()),
            new AttachSpec.Tcx(blue, Direction.INGRESS, 1000),
            new AttachSpec.Tracepoint("syscalls", "sys_enter_openat"),
            new AttachSpec.Kprobe("do_exit", 8, null),
            new AttachSpec.Kprobe("do_exit", 0, 4),
            new AttachSpec.Uprobe("libc", "malloc", 0, null, 9),
            new AttachSpec.Uprobe("/bin/sh", null, Long.MAX_VALUE, 3, null),
            new AttachSpec.Fentry(),
            new AttachSpec.Fexit(),
            LSM);
    List<LinkRecord> begun = new ArrayList<>();
    for (AttachSpec spec : specs) {
      begun.add(store().beginAttach(new ProgramId(1), spec, Map.of("k", spec.kind()), null));
    }
    reopen();
    assertEquals(begun, store().links());
    assertEquals(specs, begun.stream().map(LinkRecord::spec).toList());
  }

  @Test
  void followsALinkThroughItsLife() {
    store().addPrograms(List.of(program(1, Map.of()), program(2, Map.of())), List.of());
    LinkRecord begun = store().beginAttach(new ProgramId(1), LSM, Map.of("a", "b"), null);
    LinkRecord other = store().beginAttach(new ProgramId(2), LSM, Map.of(), null);
    assertEquals(LinkRecord.Stage.ATTACHING, begun.stage());
    ProbedTarget target =
        new ProbedTarget(
            "/lib/a.so", "/proc/1/root/lib/a.so.1", new FileIdentity(-1, 2, 3, 4), 5, 6);
    LinkRecord attached = begun.attached(0xFFFF_FFFFL).probing(target);
    store().updateLink(attached);
    assertEquals(Optional.of(attached), store().link(begun.id()));
    assertEquals(List.of(attached), store().linksOf(new ProgramId(1)));
    store().removeLink(begun.id());
    store().removeLink(begun.id());
    assertEquals(List.of(other), store().links());
    assertCode(FailureCode.LINK_NOT_FOUND, () -> store().updateLink(attached));
  }

  @Test
  void neverUsesALinkIdTwice() {
    store().addPrograms(List.of(program(1, Map.of())), List.of());
    assertEquals(new LinkId(1), begin().id());
    assertEquals(new LinkId(2), begin().id());
    store().removeLink(new LinkId(2));
    reopen();
    assertEquals(new LinkId(3), begin().id());
    store().removeProgram(new ProgramId(1));
    store().addPrograms(List.of(program(1, Map.of())), List.of());
    assertEquals(new LinkId(4), begin().id());
  }

  @Test
  void removesWithAProgramAllThatBelongsToIt() throws SQLException {
    store().addPrograms(List.of(program(1, Map.of("a", "b"))), List.of("m"));
    store().beginAttach(new ProgramId(1), LSM, Map.of("c", "d"), null);
    store().removeProgram(new ProgramId(1));
    store().removeProgram(new ProgramId(1));
    assertEquals(List.of(), store().links());
    for (String table :
        List.of("program_metadata", "program_global_data", "link_metadata", "shared_map_pins")) {
      assertEquals(0, count(table), table);
    }
  }

  @Test
  void recordsALoadInPlaceOfDeadProgramsWithTheSameIds() throws SQLException {
    store().addPrograms(List.of(program(1, Map.of("old", "x"))), List.of());
    store().beginAttach(new ProgramId(1), LSM, Map.of(), null);
    List<ProgramRecord> loaded = List.of(program(1, Map.of("new", "y")), program(2, Map.of()));
    store().addPrograms(loaded, List.of("m"));
    assertEquals(loaded, store().programs(Map.of()));
    assertEquals(List.of(), store().links());
    assertEquals(2, count("shared_map_pins"));
  }

  @Test
  void refusesLinksOfUnknownPrograms() {
    assertCode(FailureCode.PROGRAM_NOT_FOUND, this::begin);
  }

  @Test
  void knowsSharedMapsThatNobodyUses() {
    store().addPrograms(List.of(program(1, Map.of())), List.of("m", "n"));
    store().addPrograms(List.of(program(2, Map.of())), List.of("m", "m"));
    assertEquals(List.of("m", "n"), store().sharedMapsOf(new ProgramId(1)));
    store().removeProgram(new ProgramId(1));
    assertEquals(List.of("n", "o"), store().unusedSharedMaps(List.of("m", "n", "o")));
  }

  @Test
  void servesCallersAtTheSameTime() throws InterruptedException, ExecutionException {
    store().addPrograms(List.of(program(1, Map.of())), List.of());
    Set<LinkId> ids = new HashSet<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<LinkRecord>> answers = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        answers.add(callers.submit(this::begin));
      }
      for (Future<LinkRecord> answer : answers) {
        ids.add(answer.get().id());
      }
    }
    assertEquals(400, ids.size());
    assertEquals(400, store().links().size());
  }

  private void reopen() {
    store().close();
    openStore();
  }

  private LinkRecord begin() {
    return store().beginAttach(new ProgramId(1), LSM, Map.of(), null);
  }

  private int count(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return rows.getInt(1);
    }
  }
}
