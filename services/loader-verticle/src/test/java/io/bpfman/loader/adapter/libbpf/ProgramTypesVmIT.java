package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.ProgramType;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** On Debian's 6.1 kernel only TCX, which came with 6.6, may be missing. */
@Tag("vm")
class ProgramTypesVmIT extends ProgramTypesContract {
  @Override
  Set<ProgramType> certain() {
    return EnumSet.complementOf(EnumSet.of(ProgramType.TCX));
  }
}
