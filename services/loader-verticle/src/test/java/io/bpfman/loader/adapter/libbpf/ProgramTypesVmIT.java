package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.ProgramType;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On Debian's 6.1 kernel only TCX, which came with 6.6, may be missing. */
@Tag("vm")
class ProgramTypesVmIT extends ProgramTypesContract {
  @Override
  Set<ProgramType> certain() {
    return EnumSet.complementOf(EnumSet.of(ProgramType.TCX));
  }

  /** Behind the call that ftrace puts at the start of every function on x86-64. */
  @Test
  void theOffsetOfAKprobeMessageReachesTheKernel() {
    prove(ProgramType.KPROBE, new AttachSpec.Kprobe(ProbeTriggers.FUNCTION, 5, null));
    unloadAll();
  }
}
