package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.bpffs.BpffsPinTree;
import io.bpfman.loader.adapter.files.ObjectDirectory;
import io.bpfman.loader.adapter.sqlite.SqliteProgramStore;
import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.LinkId;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.XdpAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations at the same time, on a kernel that is as slow as a test wants. */
class SlowVerifierTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final int LIMIT_SECONDS = 20;

  @TempDir Path directory;
  private final PinnedKernel kernel = new PinnedKernel();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private ProgramStore store;
  private PinTree pins;
  private LoaderCore core;

  @BeforeEach
  void open() {
    store = new SqliteProgramStore(directory.resolve("store.db"), CLOCK);
    pins = new BpffsPinTree(directory.resolve("fs"));
    pins.prepare();
    ObjectDirectory copies = new ObjectDirectory(directory.resolve("programs"));
    ObjectFacts facts =
        new ObjectFacts(Map.of("count", "xdp"), Map.of(), List.of("hits", "common"));
    core = new LoaderCore(new Platform(kernel.port(), pins, store, copies), _ -> facts, CLOCK);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    store.close();
  }

  private static LoadSpec spec(String object, @Nullable ProgramId owner) {
    return new LoadSpec(
        new Bytecode.File("/" + object),
        List.of(new ProgramSpec("count", ProgramType.XDP)),
        Map.of(),
        Map.of(),
        owner);
  }

  private ProgramId load(String object) {
    return core.programs().load(spec(object, null)).getFirst().record().id();
  }

  private static AttachSpec on(String interfaceName) {
    return new AttachSpec.Xdp(
        new NetworkHook(interfaceName, null), 50, XdpAction.defaultProceedOn());
  }

  private LinkId attach(ProgramId program, String interfaceName) {
    return core.links().attach(program, on(interfaceName), Map.of()).id();
  }

  private <T> T soon(Callable<T> work) throws Exception {
    return threads.submit(work).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Answers once the verifier has it. */
  private <T> Future<T> begin(String object, Callable<T> work) {
    Future<T> begun = threads.submit(work);
    Awaitility.await("the verifier works").until(() -> kernel.isVerifying(object));
    return begun;
  }

  @Test
  void oneSlowVerifierHoldsUpNobodyElse() throws Exception {
    ProgramId owner = load("owner.o");
    ProgramId sharing = load("shared-first.o");
    CountDownLatch verified = new CountDownLatch(1);
    kernel.verifyUntil("shared-slow.o", verified);
    Future<List<ProgramView>> slow =
        begin("shared-slow.o", () -> core.programs().load(spec("shared-slow.o", owner)));

    ProgramId other = soon(() -> load("other.o"));
    LinkId link = soon(() -> attach(other, "eth0"));
    soon(() -> core.programs().load(spec("joins.o", owner)));
    soon(() -> assertThrows(BpfmanException.class, () -> load("bad-shared.o")));
    soon(() -> unload(sharing));
    soon(() -> detach(link));
    soon(() -> unload(other));
    assertEquals(List.of(), soon(() -> core.doctor().find()));

    verified.countDown();
    ProgramId loaded = slow.get(LIMIT_SECONDS, TimeUnit.SECONDS).getFirst().record().id();
    assertTrue(Files.exists(pins.shared().resolve("common")), "removed meanwhile, pinned again");
    soon(() -> unload(loaded));
    assertTrue(Files.notExists(pins.shared().resolve("common")));
    assertEquals(List.of(), core.doctor().find());
  }

  @Test
  void aSlowReplacementHoldsUpNobodyElse() throws Exception {
    ProgramId old = load("old.o");
    LinkId link = attach(old, "eth0");
    CountDownLatch verified = new CountDownLatch(1);
    kernel.verifyUntil("slow.o", verified);
    Future<ReplaceView> slow = begin("slow.o", () -> replace(old, "slow.o"));
    kernel.place("eth1", 8);
    LinkId second = soon(() -> attach(old, "eth1"));
    soon(() -> detach(link));
    verified.countDown();
    ReplaceView view = slow.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertEquals(List.of(second), view.changes().getFirst().moved());
  }

  @Test
  void whoseMapOwnerWentMeanwhileIsNotLoaded() throws Exception {
    ProgramId owner = load("owner.o");
    CountDownLatch verified = new CountDownLatch(1);
    kernel.verifyUntil("slow.o", verified);
    Future<List<ProgramView>> slow =
        begin("slow.o", () -> core.programs().load(spec("slow.o", owner)));
    soon(() -> unload(owner));
    verified.countDown();
    Exception refused =
        assertThrows(Exception.class, () -> slow.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    assertTrue(refused.getMessage().contains("map_owner_id"), refused.getMessage());
    assertEquals(List.of(), store.programs(Map.of()));
    assertEquals(List.of(), pins.programPins());
  }

  private boolean unload(ProgramId program) {
    core.programs().unload(program);
    return true;
  }

  private boolean detach(LinkId link) {
    core.links().detach(link);
    return true;
  }

  private ReplaceView replace(ProgramId old, String object) {
    return core.replacement().replace(new ReplaceSpec(List.of(old), Map.of(), spec(object, null)));
  }

  /** A lost link whose name leads to another hook now needs two hooks, as a replacement does. */
  @Test
  void allPairsOfOperationsEndBesideOneAnother() throws Exception {
    kernel.place("eth0", 7);
    kernel.place("eth1", 8);
    List<Callable<Boolean>> operations =
        List.of(
            this::attachAndDetach,
            this::loadAndUnload,
            this::replaceOne,
            () -> core.programs().check(spec("check.o", null)).size() == 1,
            this::loseAndRepair,
            () -> core.doctor().find().isEmpty());
    for (Callable<Boolean> first : operations) {
      for (Callable<Boolean> second : operations) {
        List<Future<Boolean>> both =
            List.of(threads.submit(() -> often(first)), threads.submit(() -> often(second)));
        for (Future<Boolean> one : both) {
          one.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
      }
    }
    core.doctor().repair();
    assertEquals(List.of(), core.doctor().find());
  }

  private static boolean often(Callable<Boolean> work) throws Exception {
    for (int i : IntStream.range(0, 2).toArray()) {
      work.call();
    }
    return true;
  }

  /** One that no other program uses. */
  private String interfaceOf(ProgramId program, int number) {
    String name = "if%s-%d".formatted(program, number);
    kernel.place(name, (int) program.value() * 10 + number);
    return name;
  }

  private boolean attachAndDetach() {
    ProgramId program = load("attach.o");
    detach(attach(program, interfaceOf(program, 0)));
    return unload(program);
  }

  private boolean loadAndUnload() {
    return unload(load("shared.o"));
  }

  private boolean replaceOne() {
    ProgramId program = load("old.o");
    attach(program, interfaceOf(program, 0));
    attach(program, interfaceOf(program, 1));
    return unload(replace(program, "new.o").loaded().getFirst().record().id());
  }

  private boolean loseAndRepair() throws IOException {
    ProgramId program = load("lost.o");
    String name = interfaceOf(program, 0);
    LinkId link = attach(program, name);
    kernel.place(name, (int) program.value() * 10 + 1);
    Files.delete(pins.link(link));
    core.doctor().repair();
    return unload(program);
  }
}
