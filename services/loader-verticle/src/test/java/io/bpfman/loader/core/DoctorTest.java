package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.bpffs.BpffsPinTree;
import io.bpfman.loader.adapter.files.ObjectDirectory;
import io.bpfman.loader.adapter.sqlite.SqliteProgramStore;
import io.bpfman.loader.port.ObjectCopies;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.XdpAction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real store and real files; only the kernel is made up. */
class DoctorTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final ProgramId PROGRAM = new ProgramId(5);
  private static final AttachSpec XDP =
      new AttachSpec.Xdp(new NetworkHook("eth0", null), 50, XdpAction.defaultProceedOn());

  @TempDir Path directory;
  private final PinnedKernel kernel = new PinnedKernel();
  private ProgramStore store;
  private PinTree pins;
  private ObjectCopies copies;
  private LoaderCore core;
  private LinkId link;

  @BeforeEach
  void oneProgramWithOneLink() {
    store = new SqliteProgramStore(directory.resolve("store.db"), CLOCK);
    pins = new BpffsPinTree(directory.resolve("fs"));
    pins.prepare();
    copies = new ObjectDirectory(directory.resolve("programs"));
    core =
        new LoaderCore(
            new Platform(kernel.port(), pins, store, copies),
            object -> {
              throw new UnsupportedOperationException("nothing is loaded here");
            },
            CLOCK);
    load(PROGRAM, Map.of());
    link = core.links().attach(PROGRAM, XDP, Map.of()).id();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void load(ProgramId id, Map<String, String> metadata) {
    kernel.add(id);
    PinnedKernel.touch(pins.program(id));
    PinnedKernel.touch(pins.maps(id).resolve("hits"));
    record(id, metadata);
  }

  private void record(ProgramId id, Map<String, String> metadata) {
    store.addPrograms(List.of(program(id, metadata)), List.of());
  }

  private static ProgramRecord program(ProgramId id, Map<String, String> metadata) {
    return new ProgramRecord(
        id,
        new ProgramSpec("count", ProgramType.XDP),
        new Bytecode.File("/x.o"),
        Map.of(),
        metadata,
        PinnedKernel.TAG,
        id,
        null,
        Instant.EPOCH);
  }

  @Test
  void nothingIsWrongWithAProgramAndItsLink() {
    assertEquals(List.of(), core.doctor().find());
    assertEquals(List.of(), core.doctor().repair());
  }

  @Test
  void lostLinkIsFoundAndAttachedAgainUnderItsId() throws IOException {
    Files.delete(pins.link(link));
    Drift found = onlyFinding();
    assertEquals(
        "link 1 (eth0) was lost (its pin is gone)", found.subject() + " " + found.problem());
    assertEquals("attach it again", found.remedy());
    assertTrue(Files.notExists(pins.link(link)), "looking changes nothing");
    assertRepaired("link 1 (eth0) was lost (its pin is gone) and has been attached again");
    assertTrue(Files.exists(pins.link(link)));
  }

  @Test
  void whatCannotBeRepairedIsToldWithTheReasonAndKeepsNobodyFromTheRest() throws IOException {
    Files.delete(pins.link(link));
    kernel.refuse("eth0");
    PinnedKernel.touch(pins.link(new LinkId(77)));
    List<Doctor.Treated> treated = core.doctor().repair();
    assertEquals(
        List.of(
            "link 1 (eth0) was lost (its pin is gone) and could not be repaired:"
                + " eth0 does not exist; make it",
            "link pin %s belonged to nothing and has been removed"
                .formatted(pins.link(new LinkId(77)))),
        treated.stream().map(Doctor.Treated::sentence).toList());
    assertEquals(1, core.doctor().find().size(), "what was not repaired is found again");
  }

  @Test
  void lostProgramIsOneFindingAndGoesWithLinksAndPins() throws IOException {
    kernel.remove(PROGRAM);
    Files.delete(pins.link(link));
    assertEquals("drop its record, links and map pins", onlyFinding().remedy());
    assertRepaired("program 5 (\"count\") is no longer in the kernel and has been dropped");
    assertEquals(List.of(), store.links());
    assertEquals(List.of(), pins.programPins());
    assertEquals(List.of(), pins.mapDirectories());
  }

  @Test
  void programWithoutPinIsPinnedAgain() throws IOException {
    Files.delete(pins.program(PROGRAM));
    assertRepaired("program 5 (\"count\") lost its pin and has been pinned again");
    assertTrue(Files.exists(pins.program(PROGRAM)));
  }

  @Test
  void halfDoneOperationsAreEnded() {
    store.beginAttach(PROGRAM, XDP, Map.of(), PinnedKernel.HOOK);
    assertEquals("undo the attach", onlyFinding().remedy());
    assertRepaired("link 2 (eth0) was half attached and has been removed");
    store.beginUnload(PROGRAM);
    assertEquals("finish the unload", onlyFinding().remedy());
    assertRepaired("program 5 was half unloaded and has been removed");
    assertEquals(List.of(), store.programs(Map.of()));
  }

  @Test
  void orphansOfEveryKindAreRemoved() {
    Path program = PinnedKernel.touch(pins.program(new ProgramId(4_000_000_000L)));
    Path other = PinnedKernel.touch(pins.link(new LinkId(9)));
    Path map = PinnedKernel.touch(pins.maps(new ProgramId(8)).resolve("hits"));
    Path shared = PinnedKernel.touch(pins.shared().resolve("common"));
    assertEquals(4, core.doctor().find().size());
    assertEquals(4, core.doctor().repair().size());
    for (Path orphan : List.of(program, other, map, shared)) {
      assertTrue(Files.notExists(orphan), orphan.toString());
    }
    assertEquals(List.of(), core.doctor().find());
  }

  @Test
  void copyOfAnObjectWithoutItsProgramIsRemoved() {
    copies.keep(
        List.of(program(PROGRAM, Map.of()), program(new ProgramId(9), Map.of())),
        ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertRepaired("the copy of the object of program 9 belonged to nothing and has been removed");
    assertEquals(List.of(PROGRAM), copies.programs());
  }

  @Test
  void dispatcherThatWasNeverRecordedIsRemoved() {
    ChainKey key = new ChainKey(ChainType.TC_EGRESS, PinnedKernel.HOOK);
    Path dispatcher = PinnedKernel.touch(pins.dispatcher(key, 3).resolve("dispatcher"));
    assertRepaired(
        "the chain on tc-egress of interface 7 in network namespace 4026531840 was half changed"
            + " and has been settled");
    assertTrue(Files.notExists(dispatcher.getParent()));
  }

  @Test
  void memberThatWasRecordedButNotSettledGetsItsPin() {
    ChainKey key = new ChainKey(ChainType.XDP, PinnedKernel.HOOK);
    LinkRecord member =
        store.link(link).orElseThrow().attached(102, new Placement(PinnedKernel.HOOK, 0, 6));
    store.putDispatcher(
        new DispatcherRecord(key, new NetworkHook("eth0", null), 2, 50, 101), List.of(member));
    PinnedKernel.touch(pins.dispatcher(key, 2).resolve("dispatcher"));
    Path made = PinnedKernel.touch(pins.dispatcher(key, 2).resolve("link_0"));
    PinnedKernel.touch(pins.dispatcher(key, 1).resolve("dispatcher"));
    assertEquals(
        "the chain on xdp of interface 7 in network namespace 4026531840 was half changed"
            + " and has been settled",
        core.doctor().repair().getFirst().sentence());
    assertTrue(Files.notExists(made));
    assertTrue(Files.exists(pins.link(link)));
    assertEquals(List.of(), core.doctor().find());
  }

  @Test
  void besideRecoveredProgramsNoPinIsTakenForAnOrphan() {
    load(new ProgramId(6), Map.of(StoreRecovery.MARK, "/store.damaged"));
    Path kept = PinnedKernel.touch(pins.link(new LinkId(9)));
    assertTrue(onlyFinding().remedy().contains("bpfman program unload 6"));
    assertEquals(
        List.of(
            "links and maps without a record are kept until all recovered programs are unloaded"),
        core.doctor().repair().stream().map(Doctor.Treated::sentence).toList());
    assertTrue(Files.exists(kept));
  }

  @Test
  void besideRecoveredProgramsADispatcherWithoutARecordStays() {
    load(new ProgramId(6), Map.of(StoreRecovery.MARK, "/store.damaged"));
    ChainKey key = new ChainKey(ChainType.XDP, PinnedKernel.HOOK);
    Path dispatcher = PinnedKernel.touch(pins.dispatcher(key, 3).resolve("dispatcher"));
    Path holder = PinnedKernel.touch(pins.dispatcherLink(key));
    core.links().detach(link);
    core.doctor().repair();
    assertTrue(Files.exists(dispatcher) && Files.exists(holder));
    core.programs().unload(new ProgramId(6));
    assertTrue(Files.notExists(dispatcher.getParent()) && Files.notExists(holder));
    assertEquals(List.of(), core.doctor().find());
  }

  @Test
  void sharedMapsOfRecoveredProgramsStayAsLongAsThey() {
    load(new ProgramId(6), Map.of(StoreRecovery.MARK, "/store.damaged"));
    load(new ProgramId(7), Map.of(StoreRecovery.MARK, "/store.damaged"));
    Path shared = PinnedKernel.touch(pins.shared().resolve("common"));
    core.programs().unload(new ProgramId(6));
    assertTrue(Files.exists(shared));
    core.programs().unload(new ProgramId(7));
    assertTrue(Files.notExists(shared));
  }

  @Test
  void programWhoseLinksNobodyKnowsIsNotReplaced() {
    load(new ProgramId(6), Map.of(StoreRecovery.MARK, "/store.damaged"));
    ReplaceSpec spec =
        new ReplaceSpec(
            List.of(new ProgramId(6)),
            Map.of(),
            new LoadSpec(new Bytecode.File("/x.o"), List.of(), Map.of(), Map.of(), null));
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> core.replacement().replace(spec));
    assertTrue(refused.getMessage().contains("lost with the store"), refused.getMessage());
  }

  @Test
  void detachThatWaitsForTheKernelIsNoDrift() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    kernel.holdLinksUntil(gone);
    FutureTask<Boolean> detach =
        inBackground(
            () -> {
              core.links().detach(link);
              return true;
            });
    Awaitility.await("the detach waits for the kernel")
        .until(() -> store.link(link).orElseThrow().stage() == LinkRecord.Stage.DETACHING);
    assertEquals(List.of(), core.doctor().find());
    assertEquals(List.of(), core.doctor().repair());
    gone.countDown();
    assertTrue(detach.get(10, TimeUnit.SECONDS));
    assertEquals(List.of(), core.doctor().find());
  }

  @Test
  void detachThatFailedIsDrift() {
    LinkRecord now = store.link(link).orElseThrow();
    store.updateLink(now.detaching());
    assertRepaired("link 1 (eth0) was half detached and has been removed");
  }

  @Test
  void loadBetweenPinAndRecordIsWaitedForAndIsNoDrift() throws Exception {
    ProgramId loading = new ProgramId(6);
    OrderedLock load = core.links().locks().recording();
    load.lock();
    FutureTask<List<Drift>> looking;
    try {
      kernel.add(loading);
      PinnedKernel.touch(pins.program(loading));
      looking = inBackground(() -> core.doctor().find());
      record(loading, Map.of());
    } finally {
      load.unlock();
    }
    assertEquals(List.of(), looking.get(10, TimeUnit.SECONDS));
  }

  /** Answers when the task has ended or waits. */
  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.start();
    Awaitility.await("the other thread waits")
        .until(() -> thread.getState() == Thread.State.WAITING || !thread.isAlive());
    return task;
  }

  private Drift onlyFinding() {
    List<Drift> found = core.doctor().find();
    assertEquals(1, found.size(), found.toString());
    return found.getFirst();
  }

  private void assertRepaired(String sentence) {
    assertEquals(
        List.of(sentence), core.doctor().repair().stream().map(Doctor.Treated::sentence).toList());
    assertEquals(List.of(), core.doctor().find());
  }
}
