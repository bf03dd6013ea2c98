package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.bpffs.BpffsPinTree;
import io.bpfman.loader.adapter.files.ObjectDirectory;
import io.bpfman.loader.adapter.sqlite.SqliteProgramStore;
import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkId;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.XdpAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done for a caller that gives up; on a real store and real files, in a made-up kernel. */
class PatienceTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Patience caller = new Patience(LIMIT, nanos::get);
  private final VerifyingKernel kernel = new VerifyingKernel(new PinnedKernel());
  private ProgramStore store;
  private LoaderCore core;

  @BeforeEach
  void open() {
    store = new SqliteProgramStore(directory.resolve("store.db"), CLOCK);
    BpffsPinTree pins = new BpffsPinTree(directory.resolve("fs"));
    pins.prepare();
    ObjectDirectory copies = new ObjectDirectory(directory.resolve("programs"));
    ObjectFacts facts = new ObjectFacts(Map.of("f", "xdp"), Map.of(), List.of());
    core = new LoaderCore(new Platform(kernel.port(), pins, store, copies), object -> facts, CLOCK);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aCallerThatLeavesWhileTheVerifierWorksFindsNothingLoaded() throws IOException {
    kernel.whileVerifying(caller::leave);
    assertEquals(FailureCode.CANCELLED, refused(this::load));
    nothingIsThere();
  }

  @Test
  void aDeadlineThatPassesWhileTheVerifierWorksLeavesNothing() throws IOException {
    kernel.whileVerifying(() -> nanos.addAndGet(LIMIT.toNanos()));
    assertEquals(FailureCode.DEADLINE_EXCEEDED, refused(this::load));
    nothingIsThere();
  }

  @Test
  void aCallerThatLeftBeforeGetsNoWorkOfTheKernel() throws IOException {
    caller.leave();
    assertEquals(FailureCode.CANCELLED, refused(this::load));
    assertEquals(0, kernel.loads());
    nothingIsThere();
  }

  @Test
  void aCallerThatWaitsGetsItsProgram() throws Exception {
    nanos.addAndGet(LIMIT.toNanos() - 1);
    assertEquals(VerifyingKernel.LOADED, caller.during(this::load));
    assertTrue(store.program(VerifyingKernel.LOADED).isPresent());
  }

  @Test
  void anAttachWhoseCallerLeavesMeanwhileIsTakenBack() throws Exception {
    load();
    List<Path> before = pins();
    kernel.whileAttaching(caller::leave);
    assertEquals(FailureCode.CANCELLED, refused(this::attach));
    assertEquals(1, kernel.attaches());
    assertEquals(List.of(), store.linksOf(VerifyingKernel.LOADED));
    assertEquals(before, pins());
  }

  @Test
  void anAttachWhoseCallerLeftBeforeIsNotBegun() throws Exception {
    load();
    caller.leave();
    assertEquals(FailureCode.CANCELLED, refused(this::attach));
    assertEquals(0, kernel.attaches());
  }

  @Test
  void detachAndUnloadAreNotBegunForACallerThatLeft() throws Exception {
    load();
    LinkId link = attach();
    caller.leave();
    assertEquals(FailureCode.CANCELLED, refused(() -> detach(link)));
    assertEquals(FailureCode.CANCELLED, refused(this::unload));
    assertEquals(1, store.linksOf(VerifyingKernel.LOADED).size());
  }

  @Test
  void aCheckIsNotBegunForACallerThatLeft() {
    caller.leave();
    assertEquals(FailureCode.CANCELLED, refused(() -> core.programs().check(spec())));
    assertEquals(0, kernel.loads());
  }

  @Test
  void withoutACallerWorkIsDoneToItsEnd() throws Exception {
    caller.leave();
    assertEquals(VerifyingKernel.LOADED, load());
  }

  @Test
  void veryLongDeadlinesNeverPass() throws Exception {
    Patience patient = new Patience(Duration.ofMillis(Long.MAX_VALUE), nanos::get);
    nanos.addAndGet(Duration.ofDays(1000).toNanos());
    patient.require();
    assertSame(patient, patient.during(Patience::current));
  }

  @Test
  void whatIsToBeDoneWhenTheCallerLeavesIsDoneOnceAndAtOnceIfItHasLeft() {
    AtomicLong told = new AtomicLong();
    caller.whenLeft(told::incrementAndGet);
    caller.leave();
    caller.leave();
    assertEquals(1, told.get());
    caller.whenLeft(told::incrementAndGet);
    assertEquals(2, told.get());
  }

  private io.bpfman.model.ProgramId load() {
    return core.programs().load(spec()).getFirst().record().id();
  }

  private static LoadSpec spec() {
    return new LoadSpec(
        new Bytecode.File("/x.o"),
        List.of(new ProgramSpec("f", ProgramType.XDP)),
        Map.of(),
        Map.of(),
        null);
  }

  private LinkId attach() {
    AttachSpec spec =
        new AttachSpec.Xdp(new NetworkHook("eth0", null), 50, XdpAction.defaultProceedOn());
    return core.links().attach(VerifyingKernel.LOADED, spec, Map.of()).id();
  }

  private Object detach(LinkId link) {
    core.links().detach(link);
    return link;
  }

  private Object unload() {
    core.programs().unload(VerifyingKernel.LOADED);
    return VerifyingKernel.LOADED;
  }

  private FailureCode refused(Callable<?> work) {
    return assertThrows(BpfmanException.class, () -> caller.during(work)).failure().code();
  }

  private void nothingIsThere() throws IOException {
    assertTrue(store.programs(Map.of()).isEmpty());
    assertEquals(List.of(), pins());
  }

  private List<Path> pins() throws IOException {
    try (Stream<Path> tree = Files.walk(directory.resolve("fs"))) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
