package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Probes, trampolines and LSM programs on functions of a kernel that has all of them. */
@Tag("vm")
class KernelFunctionVmIT extends WithKernelLab {
  /** Behind the call that ftrace puts at the start of every function on x86-64. */
  private static final int SECOND_INSTRUCTION = 5;

  private static final int CALLS = 4;

  private static Path types;

  @BeforeAll
  static void compileTypes() {
    types = lab.object("types.bpf.c", "types", "");
  }

  private static ProgramRecord load(ProgramType type, String target) {
    ProgramSpec spec =
        new ProgramSpec("count_" + type.cliName(), type, type.needsLoadTarget() ? target : null);
    return lab.load(lab.request(types, spec)).getFirst();
  }

  private static void makeDirectories() throws IOException {
    for (int i = 0; i < CALLS; i++) {
      Files.delete(Files.createTempDirectory(lab.directory(), "made"));
    }
  }

  private static void assertCountsUntilDetached(ProgramRecord program, AttachSpec spec)
      throws IOException {
    LinkRecord link = lab.attach(program, spec);
    assertEquals(new LinkHealth.Attached(), lab.kernel().observe(link, lab.linkPin(link.id())));
    makeDirectories();
    assertTrue(lab.hits(program, 0) >= CALLS, () -> "counted " + lab.hits(program, 0));
    lab.detach(link);
    long before = lab.hits(program, 0);
    makeDirectories();
    assertEquals(before, lab.hits(program, 0));
    assertInstanceOf(
        LinkHealth.PinMissing.class, lab.kernel().observe(link, lab.linkPin(link.id())));
  }

  @Test
  void aKprobeInsideAFunctionCounts() throws IOException {
    ProgramRecord program = load(ProgramType.KPROBE, ProbeTriggers.FUNCTION);
    assertCountsUntilDetached(
        program, new AttachSpec.Kprobe(ProbeTriggers.FUNCTION, SECOND_INSTRUCTION, null));
  }

  @Test
  void oneProgramProbesSeveralFunctions() throws IOException {
    ProgramRecord program = load(ProgramType.KPROBE, ProbeTriggers.FUNCTION);
    LinkRecord first = lab.attach(program, new AttachSpec.Kprobe(ProbeTriggers.FUNCTION, 0, null));
    LinkRecord second = lab.attach(program, new AttachSpec.Kprobe("vfs_rmdir", 0, null));
    makeDirectories();
    assertTrue(lab.hits(program, 0) >= 2 * CALLS, () -> "counted " + lab.hits(program, 0));
    lab.detach(first);
    lab.detach(second);
  }

  @Test
  void aKprobeBetweenTwoInstructionsIsRefused() {
    ProgramRecord program = load(ProgramType.KPROBE, ProbeTriggers.FUNCTION);
    Failure failure =
        failure(() -> lab.attach(program, new AttachSpec.Kprobe(ProbeTriggers.FUNCTION, 2, null)));
    assertEquals(FailureCode.SYMBOL_NOT_FOUND, failure.code());
    assertTrue(failure.message().contains("vfs_mkdir+2"), failure::describe);
    assertTrue(failure.hint().contains("offset"), failure::describe);
  }

  @Test
  void aKprobeOnAnUnknownFunctionIsToldTheNearestNames() {
    ProgramRecord program = load(ProgramType.KPROBE, ProbeTriggers.FUNCTION);
    Failure failure =
        failure(() -> lab.attach(program, new AttachSpec.Kprobe("vfs_mkdirr", 0, null)));
    assertEquals(FailureCode.SYMBOL_NOT_FOUND, failure.code());
    assertTrue(failure.message().contains("nearest: vfs_mkdir,"), failure::describe);
  }

  @Test
  void aKretprobeWithAnOffsetIsRefused() {
    ProgramRecord program = load(ProgramType.KRETPROBE, ProbeTriggers.FUNCTION);
    Failure failure =
        failure(
            () ->
                lab.attach(
                    program,
                    new AttachSpec.Kprobe(ProbeTriggers.FUNCTION, SECOND_INSTRUCTION, null)));
    assertEquals(FailureCode.INVALID_REQUEST, failure.code());
  }

  @Test
  void aTrampolineOnAnUnknownFunctionIsToldTheNearestNames() {
    for (ProgramType type : new ProgramType[] {ProgramType.FENTRY, ProgramType.FEXIT}) {
      Failure failure = failure(() -> load(type, "vfs_mkdirr"));
      assertEquals(FailureCode.SYMBOL_NOT_FOUND, failure.code());
      assertTrue(failure.message().contains("\"vfs_mkdirr\""), failure::describe);
      assertTrue(failure.message().contains("nearest: vfs_mkdir,"), failure::describe);
    }
  }

  @Test
  void anUnknownLsmHookIsToldTheNearestNames() {
    Failure failure = failure(() -> load(ProgramType.LSM, "inode_mkdirr"));
    assertEquals(FailureCode.SYMBOL_NOT_FOUND, failure.code());
    assertTrue(failure.message().contains("hook \"inode_mkdirr\""), failure::describe);
    assertTrue(failure.message().contains("nearest: inode_mkdir,"), failure::describe);
  }

  @Test
  void aProgramWithAFixedTargetIsAttachedOnceAtATimeAndCanComeBack() throws IOException {
    ProgramRecord program = load(ProgramType.FENTRY, ProbeTriggers.FUNCTION);
    LinkRecord link = lab.attach(program, new AttachSpec.Fentry());
    Failure failure = failure(() -> lab.attach(program, new AttachSpec.Fentry()));
    assertEquals(FailureCode.HOOK_BUSY, failure.code());
    assertTrue(failure.message().contains(ProbeTriggers.FUNCTION), failure::describe);
    lab.detach(link);
    assertCountsUntilDetached(program, new AttachSpec.Fentry());
  }

  private static Failure failure(Executable call) {
    return assertThrows(BpfmanException.class, call).failure();
  }
}
