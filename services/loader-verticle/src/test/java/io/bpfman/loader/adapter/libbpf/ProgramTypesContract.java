package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.MapOperations;
import io.bpfman.loader.daemon.LoaderInstance;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every program type through the whole loader, from the attach message to the counter: on each
 * kernel a type works, or the kernel's lack is named. Prints one line for each, from which the
 * summary of all tests makes its matrix.
 */
abstract class ProgramTypesContract {
  private static final int EVENTS = 3;

  @TempDir private static Path directory;
  private static LoaderInstance loader;
  private static ProbeTriggers triggers;
  private static TestNetns netns;
  private static Path object;

  /** Types that the kernel is known to have. */
  abstract Set<ProgramType> certain();

  @BeforeAll
  static void open() throws IOException {
    object = KernelLab.compiled(directory, "types.bpf.c", "types", "");
    netns = TestNetns.create();
    triggers = new ProbeTriggers(directory, netns);
    loader = LoaderInstance.open(directory.resolve("run"));
  }

  @AfterAll
  static void close() throws IOException {
    netns.close();
    loader.close();
    Commands.run("umount", directory.resolve("run/fs").toString());
    assertEquals(List.of(), KernelLab.bpfDescriptors());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(ProgramType.class)
  void aTypeCountsUntilItIsDetachedOrTheKernelsLackIsNamed(ProgramType type) {
    String result = "failed";
    try {
      prove(type, triggers.point(type));
      result = "passed";
    } catch (BpfmanException refused) {
      assertEquals(FailureCode.KERNEL_UNSUPPORTED, refused.code(), refused.failure()::describe);
      assertFalse(certain().contains(type), refused.failure()::describe);
      assertFalse(refused.failure().hint().isEmpty(), refused.failure()::describe);
      result = "not-possible";
      System.out.println(refused.failure().describe());
    } finally {
      unloadAll();
      System.out.printf(
          "matrix kernel=%s type=%s result=%s%n",
          System.getProperty("os.version"), type.cliName(), result);
    }
    assertEquals(List.of(), core().inventory().programs(Map.of()));
  }

  /** Loads, attaches by message, counts, detaches; what is loaded stays. */
  static void prove(ProgramType type, AttachSpec where) {
    ProgramSpec wanted =
        new ProgramSpec(
            "count_" + type.cliName(),
            type,
            type.needsLoadTarget() ? triggers.loadTarget(type) : null);
    LoadSpec spec =
        new LoadSpec(
            new Bytecode.File(object.toString()), List.of(wanted), Map.of(), Map.of(), null);
    ProgramRecord program = core().programs().load(spec).getFirst().record();
    assertEquals(type, program.spec().type());

    AttachSpec point = AttachInfos.fromProto(AttachInfos.toProto(where, Map.of()));
    LinkRecord link = core().links().attach(program.id(), point, Map.of());
    assertInstanceOf(
        LinkHealth.Attached.class,
        core().inventory().links(program.id(), Map.of()).getFirst().health());
    long before = hits(program.id());
    triggers.fire(type, EVENTS);
    long counted = hits(program.id());
    assertTrue(counted - before >= EVENTS, () -> "counted %d, then %d".formatted(before, counted));

    core().links().detach(link.id());
    long after = hits(program.id());
    triggers.fire(type, EVENTS);
    assertEquals(after, hits(program.id()));
  }

  static void unloadAll() {
    core()
        .inventory()
        .programs(Map.of())
        .forEach(program -> core().programs().unload(program.record().id()));
  }

  private static LoaderCore core() {
    return loader.core();
  }

  private static long hits(ProgramId program) {
    MapOperations maps = core().maps();
    return maps.page(maps.map(program, "hits"), null).entries().getFirst().values().stream()
        .mapToLong(KernelLab::number)
        .sum();
  }
}
