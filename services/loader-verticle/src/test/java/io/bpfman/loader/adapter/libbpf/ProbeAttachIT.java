package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bpfman.loader.port.ProbeTargets;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.FileIdentity;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProbedTarget;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class ProbeAttachIT {
  private static final String TARGET_SOURCE =
      """
      __attribute__((noinline)) int probed(int x) { __asm__ volatile(""); return x + 1; }
      int main(void) { int i, sum = 0; for (i = 0; i < 7; i++) sum += probed(i); return sum == 0; }
      """;
  private static final int CALLS = 7;

  private KernelLab lab;
  private Path counters;
  private Path target;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    lab = KernelLab.open(directory, ProbeAttachIT::place);
    counters = lab.object("counters.bpf.c", "counters", "");
    Path source = Files.writeString(directory.resolve("target.c"), TARGET_SOURCE);
    target = directory.resolve("target");
    Commands.run("clang", "-O1", "-o", target.toString(), source.toString());
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  /** In such a small binary a function's address is its place in the file. */
  private static ProbeTargets.Place place(AttachSpec.Uprobe spec) {
    String address =
        Commands.run("nm", spec.target())
            .lines()
            .filter(line -> line.endsWith(" T " + spec.function()))
            .findFirst()
            .orElseThrow()
            .substring(0, 16);
    Integer pid = spec.pid();
    return new ProbeTargets.Place(
        new ProbedTarget(spec.target(), spec.target(), new FileIdentity(0, 0, 0, 0), 0, 0),
        Long.parseLong(address, 16) + spec.offset(),
        pid == null ? ProbeTargets.Place.EVERY_PROCESS : pid);
  }

  private ProgramRecord load(String name, ProgramType type) {
    return lab.load(lab.request(counters, new ProgramSpec(name, type))).getFirst();
  }

  private AttachSpec.Uprobe probe(@Nullable Integer pid) {
    return new AttachSpec.Uprobe(target.toString(), "probed", 0, pid, null);
  }

  @Test
  void aTracepointProgramCountsUntilItIsDetached() {
    ProgramRecord program = load("count_exec", ProgramType.TRACEPOINT);
    LinkRecord link = lab.attach(program, new AttachSpec.Tracepoint("sched", "sched_process_exec"));
    assertEquals(new LinkHealth.Attached(), observe(link));
    Commands.run(target.toString());
    assertTrue(lab.hits(program, 4) >= 1);

    lab.detach(link);
    long before = lab.hits(program, 4);
    Commands.run(target.toString());
    assertEquals(before, lab.hits(program, 4));
    assertInstanceOf(LinkHealth.PinMissing.class, observe(link));
  }

  @Test
  void anUnknownTracepointIsToldTheNearestNames() {
    ProgramRecord program = load("count_exec", ProgramType.TRACEPOINT);
    Failure failure =
        failure(() -> lab.attach(program, new AttachSpec.Tracepoint("sched", "sched_proces_exec")));
    assertEquals(FailureCode.TRACEPOINT_NOT_FOUND, failure.code());
    assertTrue(failure.message().contains("sched/sched_process_exec"), failure::describe);
    assertEquals(
        FailureCode.TRACEPOINT_NOT_FOUND,
        failure(() -> lab.attach(program, new AttachSpec.Tracepoint("..", "events/sched"))).code());
  }

  @Test
  void entryAndReturnProbesCountEachCall() {
    ProgramRecord entry = load("count_call", ProgramType.UPROBE);
    ProgramRecord back = load("count_return", ProgramType.URETPROBE);
    LinkRecord entryLink = lab.attach(entry, probe(null));
    LinkRecord returnLink = lab.attach(back, probe(null));
    Commands.run(target.toString());
    assertEquals(CALLS, lab.hits(entry, 5));
    assertEquals(CALLS, lab.hits(back, 6));
    assertEquals(new LinkHealth.Attached(), observe(entryLink));

    lab.detach(entryLink);
    lab.detach(returnLink);
    Commands.run(target.toString());
    assertEquals(CALLS, lab.hits(entry, 5));
    assertEquals(CALLS, lab.hits(back, 6));
  }

  @Test
  void aProbeOfOneProcessIgnoresOthersAndNeedsThatProcess() {
    ProgramRecord entry = load("count_call", ProgramType.UPROBE);
    int self = Math.toIntExact(ProcessHandle.current().pid());
    LinkRecord link = lab.attach(entry, probe(self));
    Commands.run(target.toString());
    assertEquals(0, lab.hits(entry, 5));
    lab.detach(link);
    Failure failure = failure(() -> lab.attach(entry, probe(Integer.MAX_VALUE)));
    assertEquals(FailureCode.TARGET_NOT_FOUND, failure.code());
  }

  @Test
  void aKernelWithoutKprobeEventsIsNamedAsTheCause() {
    assumeFalse(
        Files.exists(Path.of("/sys/bus/event_source/devices/kprobe")),
        "this kernel has kprobe events");
    ProgramRecord program = load("count_call", ProgramType.KPROBE);
    Failure failure =
        failure(() -> lab.attach(program, new AttachSpec.Kprobe("vfs_read", 0, null)));
    assertEquals(FailureCode.KERNEL_UNSUPPORTED, failure.code());
    assertTrue(failure.message().contains("CONFIG_KPROBE_EVENTS"), failure::describe);
  }

  @Test
  void aKretprobeWithAnOffsetIsRefusedOnEveryKernel() {
    ProgramRecord program = load("count_return", ProgramType.KRETPROBE);
    Failure failure =
        failure(() -> lab.attach(program, new AttachSpec.Kprobe("vfs_read", 4, null)));
    assertEquals(FailureCode.INVALID_REQUEST, failure.code());
    assertTrue(failure.message().contains("offset 4"), failure::describe);
  }

  @Test
  void aKernelThatNeverCallsLsmProgramsIsNamedAsTheCause() throws IOException {
    Path active = Path.of("/sys/kernel/security/lsm");
    assumeFalse(
        Files.exists(active) && Files.readString(active).contains("bpf"),
        "this kernel calls LSM programs");
    Path types = lab.object("types.bpf.c", "types", "");
    ProgramSpec program = new ProgramSpec("count_lsm", ProgramType.LSM, ProbeTriggers.HOOK);
    Failure failure = failure(() -> lab.load(lab.request(types, program)));
    assertEquals(FailureCode.KERNEL_UNSUPPORTED, failure.code());
    assertTrue(failure.message().contains("LSM"), failure::describe);
    assertTrue(failure.message().contains("\"count_lsm\""), failure::describe);
  }

  @Test
  void aProgramWhosePinIsGoneIsNamed() throws IOException {
    ProgramRecord program = load("count_exec", ProgramType.TRACEPOINT);
    Files.delete(lab.programPin(program.id()));
    Failure failure =
        failure(
            () -> lab.attach(program, new AttachSpec.Tracepoint("sched", "sched_process_exec")));
    assertEquals(FailureCode.KERNEL_STATE_LOST, failure.code());
    assertTrue(
        failure.message().contains(Objects.toString(lab.programPin(program.id()))),
        failure::describe);
  }

  private LinkHealth observe(LinkRecord link) {
    return lab.kernel().observe(link, lab.linkPin(link.id()));
  }

  private static Failure failure(Executable call) {
    return assertThrows(BpfmanException.class, call).failure();
  }
}
