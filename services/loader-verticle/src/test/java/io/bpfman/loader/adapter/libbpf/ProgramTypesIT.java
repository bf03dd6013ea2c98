package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.ProgramType;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;

@Tag("kernel")
class ProgramTypesIT extends ProgramTypesContract {
  @Override
  Set<ProgramType> certain() {
    return EnumSet.of(
        ProgramType.XDP,
        ProgramType.TC,
        ProgramType.TRACEPOINT,
        ProgramType.UPROBE,
        ProgramType.URETPROBE);
  }
}
