package io.bpfman.loader.daemon;

import io.bpfman.proto.v1.BpfmanProgramType;
import java.util.List;

/** A function of one of the sources in bpf/. */
record FuzzProgram(String object, String function, BpfmanProgramType type) {
  static final List<FuzzProgram> ALL =
      List.of(
          new FuzzProgram("counters", "count_xdp", BpfmanProgramType.XDP),
          new FuzzProgram("counters", "count_exec", BpfmanProgramType.TRACEPOINT),
          new FuzzProgram("counters", "enter_function", BpfmanProgramType.FENTRY),
          new FuzzProgram("crash", "crash_tc", BpfmanProgramType.TC),
          new FuzzProgram("crash", "crash_up", BpfmanProgramType.UPROBE),
          new FuzzProgram("daemon", "count_xdp", BpfmanProgramType.XDP),
          new FuzzProgram("daemon", "reads_past_the_packet", BpfmanProgramType.XDP),
          new FuzzProgram("maps", "touch", BpfmanProgramType.XDP),
          new FuzzProgram("shared", "touch_common", BpfmanProgramType.XDP),
          new FuzzProgram("types", "count_tcx", BpfmanProgramType.TCX),
          new FuzzProgram("types", "count_kretprobe", BpfmanProgramType.KPROBE),
          new FuzzProgram("types", "count_lsm", BpfmanProgramType.LSM));
}
