package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.port.LoadedObject;
import io.bpfman.loader.port.MapRef;
import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytes;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@Tag("kernel")
class LoadIT extends WithKernelLab {
  private static final ProgramSpec XDP = new ProgramSpec("count_xdp", ProgramType.XDP);
  private static final ProgramSpec TC = new ProgramSpec("count_tc", ProgramType.TC);

  private static Path counters;

  @BeforeAll
  static void compileCounters() {
    counters = lab.object("counters.bpf.c", "counters", "");
  }

  @Test
  void theKernelsWordsOnAProgramAreComplete() {
    try (LoadedObject loaded = lab.kernel().load(lab.request(counters, XDP))) {
      KernelProgram program = loaded.programs().getFirst();
      assertEquals("count_xdp", program.name());
      assertEquals(6, program.type());
      assertTrue(program.gplCompatible());
      assertEquals(16, program.tag().length());
      assertTrue(program.bytesXlated() > 0);
      assertTrue(program.bytesMemlock() > 0);
      assertTrue(program.verifiedInstructions() > 0);
      assertTrue(program.mapIds().contains(loaded.maps().get("hits")));
      Duration age = Duration.between(program.loadedAt(), Instant.now());
      assertTrue(age.abs().compareTo(Duration.ofSeconds(5)) < 0, age::toString);
      assertEquals(program, lab.kernel().program(program.id()).orElseThrow());
      assertTrue(lab.kernel().programs().contains(program));
    }
  }

  @Test
  void programsOfOneRequestShareTheirMapsAndKeepItsOrder() {
    try (LoadedObject loaded = lab.kernel().load(lab.request(counters, TC, XDP))) {
      assertEquals(
          List.of("count_tc", "count_xdp"),
          loaded.programs().stream().map(KernelProgram::name).toList());
      assertEquals(Set.of("hits", "ring"), loaded.maps().keySet());
      Long hits = loaded.maps().get("hits");
      assertTrue(loaded.programs().stream().allMatch(p -> p.mapIds().contains(hits)));
    }
  }

  @Test
  void whatIsNotPinnedGoesWithTheObject() throws IOException {
    ProgramId id;
    try (LoadedObject loaded = lab.kernel().load(lab.request(counters, XDP))) {
      id = loaded.programs().getFirst().id();
      assertFalse(KernelLab.bpfDescriptors().isEmpty());
    }
    assertEquals(List.of(), KernelLab.bpfDescriptors());
    assertTrue(lab.kernel().program(id).isEmpty());
  }

  @Test
  void aLivingProgramCanBePinnedAgain() throws IOException {
    try (LoadedObject loaded = lab.kernel().load(lab.request(counters, XDP))) {
      Path pin = lab.pin("again");
      lab.kernel().pinProgram(loaded.programs().getFirst().id(), pin);
      assertTrue(Files.deleteIfExists(pin));
    }
    assertEquals(
        FailureCode.KERNEL_STATE_LOST,
        code(() -> lab.kernel().pinProgram(new ProgramId(4_000_000_000L), lab.pin("never"))));
  }

  @Test
  void reusedMapsKeepTheirIdentity() throws IOException {
    ProgramRecord owner = lab.load(lab.request(counters, XDP)).getFirst();
    Path hits = lab.hitsPin(owner.mapSet());
    ObjectLoad user =
        new ObjectLoad(counters, List.of(TC), Map.of(), Map.of("hits", hits), lab.pin("shared"));
    long ownerMap = lab.kernel().maps().facts(new MapRef.Pinned(hits)).id();
    try (LoadedObject loaded = lab.kernel().load(user)) {
      assertEquals(ownerMap, loaded.maps().get("hits"));
    }
    ObjectLoad wrong =
        new ObjectLoad(
            counters, List.of(TC), Map.of(), Map.of("plain_hash", hits), lab.pin("shared"));
    Failure failure = failure(() -> lab.kernel().load(wrong));
    assertTrue(failure.message().contains("\"plain_hash\" cannot be shared"), failure::describe);
    assertTrue(failure.message().contains("type is 1 here and 6 there"), failure::describe);
    Files.delete(hits);
    Files.delete(lab.programPin(owner.id()));
  }

  @Test
  void mapsPinnedByNameAreSharedBetweenObjects() throws IOException {
    Path shared = lab.object("shared.bpf.c", "shared", "");
    Path other = lab.object("shared.bpf.c", "other", "#define VALUE __u32\n");
    ProgramSpec touch = new ProgramSpec("touch_common", ProgramType.XDP);
    try (LoadedObject first = lab.kernel().load(lab.request(shared, touch));
        LoadedObject second = lab.kernel().load(lab.request(shared, touch))) {
      assertEquals(List.of("common"), first.sharedMaps());
      assertEquals(first.maps(), second.maps());
    }
    assertTrue(Files.exists(lab.pin("shared").resolve("common")));
    Failure failure = failure(() -> lab.kernel().load(lab.request(other, touch)));
    assertEquals(FailureCode.KERNEL_REFUSED, failure.code());
    assertTrue(failure.message().contains("common"), failure::describe);
    assertTrue(failure.hint().contains("another layout"), failure::describe);
    Files.delete(lab.pin("shared").resolve("common"));
  }

  @Test
  void aVerifierRejectionHasAReasonAndTheFullLog() {
    ProgramSpec bad = new ProgramSpec("out_of_bounds", ProgramType.XDP);
    Failure failure = failure(() -> lab.kernel().load(lab.request(counters, XDP, bad)));
    assertEquals(FailureCode.VERIFIER_REJECTED, failure.code());
    assertTrue(failure.message().contains("\"out_of_bounds\""), failure::describe);
    assertTrue(failure.message().contains("invalid access to packet"), failure::describe);
    assertFalse(failure.message().contains("processed"), failure::describe);
    assertTrue(failure.log().lines().count() > 3, failure::log);
  }

  @Test
  void aKernelWithoutTracingProgramsIsNamedAsTheCause() {
    ProgramSpec fentry = new ProgramSpec("enter_function", ProgramType.FENTRY, "vfs_read");
    Failure failure = failure(() -> lab.kernel().load(lab.request(counters, fentry)));
    assertEquals(FailureCode.KERNEL_UNSUPPORTED, failure.code());
    assertTrue(failure.message().contains("fentry"), failure::describe);
    assertTrue(failure.message().contains("attach_btf_id"), failure::describe);
  }

  @Test
  void anUnknownFunctionListsThoseThatExist() {
    ProgramSpec missing = new ProgramSpec("nothing", ProgramType.XDP);
    Failure failure = failure(() -> lab.kernel().load(lab.request(counters, missing)));
    assertEquals(FailureCode.FUNCTION_NOT_FOUND, failure.code());
    assertTrue(failure.message().contains("count_xdp, out_of_bounds, count_tc"), failure::describe);
  }

  @Test
  void filesThatAreNoObjectsAreRefused() throws IOException {
    Path text = Files.writeString(lab.directory().resolve("text.o"), "not an object");
    assertEquals(
        FailureCode.BYTECODE_INVALID, code(() -> lab.kernel().load(lab.request(text, XDP))));
    Path absent = lab.directory().resolve("absent.o");
    assertEquals(
        FailureCode.BYTECODE_NOT_FOUND, code(() -> lab.kernel().load(lab.request(absent, XDP))));
  }

  @Test
  void aGlobalVariableOutsideItsSectionIsRefused() {
    var outside = new ObjectFacts.Variable("step", ".rodata", 2, 4);
    ObjectLoad request =
        new ObjectLoad(
            counters,
            List.of(XDP),
            Map.of(outside, Bytes.of(new byte[4])),
            Map.of(),
            lab.pin("shared"));
    assertEquals(FailureCode.GLOBAL_DATA_INVALID, code(() -> lab.kernel().load(request)));
  }

  @Test
  void aDumpRefusesMapsWithoutKeys() throws IOException {
    Path hits = lab.pin("dumped");
    Path ring = lab.pin("ring");
    try (LoadedObject loaded = lab.kernel().load(lab.request(counters, XDP))) {
      loaded.pinMap("hits", hits);
      loaded.pinMap("ring", ring);
      assertEquals(FailureCode.MAP_NOT_FOUND, code(() -> loaded.pinMap("none", ring)));
    }
    assertEquals(8, lab.page(hits).entries().size());
    assertEquals(FailureCode.KERNEL_UNSUPPORTED, code(() -> lab.page(ring)));
    Files.delete(hits);
    Files.delete(ring);
    assertEquals(FailureCode.MAP_NOT_FOUND, code(() -> lab.page(hits)));
  }

  @Test
  void aSecondMountIsNotMade() throws IOException {
    lab.kernel().ensureBpffs(lab.pin("."));
    long mounts =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .filter(line -> line.contains(" " + lab.pin("").toAbsolutePath() + " "))
            .count();
    assertEquals(1, mounts);
    assertEquals(
        FailureCode.START_REFUSED,
        code(() -> lab.kernel().ensureBpffs(lab.directory().resolve("missing"))));
  }

  @Test
  void aMissingOrUnfitLibraryIsNamedWithItsPackage() {
    Failure missing = failure(() -> Natives.load("libbpf.so.99"));
    assertEquals(FailureCode.START_REFUSED, missing.code());
    assertTrue(missing.message().contains("libbpf.so.99"), missing::describe);
    assertTrue(missing.hint().contains("apt-get install libbpf1"), missing::describe);
    Failure unfit = failure(() -> Natives.load("libc.so.6"));
    assertTrue(unfit.message().contains("bpf_object__open_mem"), unfit::describe);
    assertTrue(lab.kernel().libbpfVersion().matches("1\\.\\d+"), lab.kernel()::libbpfVersion);
  }

  @Test
  void callersAtOnceDoNotDisturbOneAnother() throws Exception {
    ProgramSpec missing = new ProgramSpec("nothing", ProgramType.XDP);
    ProgramSpec fentry = new ProgramSpec("enter_function", ProgramType.FENTRY, "vfs_read");
    ProgramSpec bad = new ProgramSpec("out_of_bounds", ProgramType.XDP);
    List<Callable<FailureCode>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(() -> loadedOr(XDP));
      calls.add(() -> loadedOr(missing));
      calls.add(() -> loadedOr(fentry));
      calls.add(() -> loadedOr(bad));
    }
    List<FailureCode> outcomes = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      for (Future<FailureCode> outcome : callers.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        outcomes.add(outcome.get());
      }
    }
    List<FailureCode> expected =
        List.of(
            FailureCode.INTERNAL,
            FailureCode.FUNCTION_NOT_FOUND,
            FailureCode.KERNEL_UNSUPPORTED,
            FailureCode.VERIFIER_REJECTED);
    for (int i = 0; i < outcomes.size(); i++) {
      assertEquals(expected.get(i % expected.size()), outcomes.get(i));
    }
    assertEquals(List.of(), KernelLab.bpfDescriptors());
  }

  /** INTERNAL stands for success. */
  private static FailureCode loadedOr(ProgramSpec program) {
    try (LoadedObject loaded = lab.kernel().load(lab.request(counters, program))) {
      return loaded.programs().size() == 1 ? FailureCode.INTERNAL : FailureCode.UNIMPLEMENTED;
    } catch (BpfmanException refused) {
      return refused.code();
    }
  }

  private static FailureCode code(Executable call) {
    return failure(call).code();
  }

  private static Failure failure(Executable call) {
    return assertThrows(BpfmanException.class, call).failure();
  }
}
