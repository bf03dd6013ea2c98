package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibbpfAdapterTest {

  @Test
  void theSummaryOfAVerifierLogIsWhatFollowsItsLastStep() {
    String log =
        """
        0: R1=ctx() R10=fp0
        0: (61) r1 = *(u32 *)(r1 +0)
        func#0 @0
        2: (71) r0 = *(u8 *)(r1 +64)
        invalid access to packet, off=64 size=1
        R1 offset is outside of the packet
        verification time 33 usec
        stack depth 0
        processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
        """;
    assertEquals(
        "invalid access to packet, off=64 size=1; R1 offset is outside of the packet",
        VerifierWords.summary(log));
    assertEquals("R1 invalid mem access", VerifierWords.summary("R1 invalid mem access\n"));
    assertEquals("it gave no reason", VerifierWords.summary("processed 0 insns\n"));
  }

  @Test
  void sysAdminIncludesBpfAndPerfmonButNotNetAdmin() {
    assertEquals(List.of(), Capabilities.missing(-1L));
    assertEquals(List.of("CAP_NET_ADMIN"), Capabilities.missing(1L << 21));
    assertEquals(
        List.of("CAP_BPF", "CAP_PERFMON", "CAP_NET_ADMIN", "CAP_SYS_ADMIN"),
        Capabilities.missing(0));
  }

  @Test
  void perCpuValuesAreCountedByTheHighestPossibleCpu() {
    assertEquals(1, PossibleCpus.count("0\n"));
    assertEquals(4, PossibleCpus.count("0-3\n"));
    assertEquals(10, PossibleCpus.count("0-3,8-9\n"));
  }

  @Test
  void anUnknownErrnoKeepsItsNumber() {
    assertEquals("errno 117", Errno.describe(117));
    assertTrue(Errno.describe(Errno.EPERM).contains("EPERM"));
  }

  @Test
  void anLsmProgramIsRefusedWhereItWouldNeverBeCalled(@TempDir Path directory) throws IOException {
    Path list = directory.resolve("lsm");
    new ActiveLsms(list).require(request(ProgramType.LSM));

    Files.writeString(list, "lockdown,yama\n");
    new ActiveLsms(list).require(request(ProgramType.FENTRY));
    Failure failure =
        assertThrows(
                BpfmanException.class, () -> new ActiveLsms(list).require(request(ProgramType.LSM)))
            .failure();
    assertEquals(FailureCode.KERNEL_UNSUPPORTED, failure.code());
    assertTrue(failure.message().contains("(lockdown,yama)"), failure::describe);
    assertTrue(failure.hint().contains("lsm=lockdown,yama,bpf"), failure::describe);

    Files.writeString(list, "lockdown,yama,bpf\n");
    new ActiveLsms(list).require(request(ProgramType.LSM));
  }

  private static ObjectLoad request(ProgramType type) {
    Path none = Path.of("/nonexistent");
    return new ObjectLoad(
        none, List.of(new ProgramSpec("watch", type, "target")), Map.of(), Map.of(), none);
  }
}
