package io.bpfman.cli.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.model.ProgramType;
import io.bpfman.proto.v1.KernelProgramInfo;
import io.bpfman.proto.v1.ProgramInfo;
import io.bpfman.proto.x.v1.Program;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProgramViewTest {
  @Test
  void programOfSomebodyElseIsOfEveryTypeThatTheKernelTakesForItsOwn() {
    assertEquals(EnumSet.of(ProgramType.TC, ProgramType.TCX), types(foreign(ProgramType.TC)));
    assertEquals(EnumSet.of(ProgramType.XDP), types(foreign(ProgramType.XDP)));
    assertEquals(
        EnumSet.of(
            ProgramType.KPROBE, ProgramType.KRETPROBE, ProgramType.UPROBE, ProgramType.URETPROBE),
        types(foreign(ProgramType.UPROBE)));
    assertEquals(
        EnumSet.of(ProgramType.FENTRY, ProgramType.FEXIT), types(foreign(ProgramType.FEXIT)));
  }

  @Test
  void ownProgramIsOfTheTypeThatWasAskedFor() {
    Program.Builder own = foreign(ProgramType.TC);
    own.setInfo(ProgramInfo.newBuilder().setName("count")).getFactsBuilder().setType("tcx");
    assertEquals(EnumSet.of(ProgramType.TCX), types(own));
  }

  private static Program.Builder foreign(ProgramType type) {
    return Program.newBuilder()
        .setKernelInfo(KernelProgramInfo.newBuilder().setId(7).setProgramType(type.kernelNumber()));
  }

  private static Set<ProgramType> types(Program.Builder program) {
    ProgramView view = new ProgramView(program.build(), List.of());
    return Arrays.stream(ProgramType.values())
        .filter(type -> view.isOneOf(List.of(type)))
        .collect(Collectors.toSet());
  }
}
