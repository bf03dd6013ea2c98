package io.bpfman.bench;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.Direction;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramType;
import io.bpfman.model.XdpAction;
import java.util.Locale;

/** What is benchmarked; the names match those of floor.c and bench.bpf.c. */
enum Kind {
  XDP(ProgramType.XDP),
  TCX(ProgramType.TCX),
  TRACEPOINT(ProgramType.TRACEPOINT),
  UPROBE(ProgramType.UPROBE);

  private final ProgramType type;

  Kind(ProgramType type) {
    this.type = type;
  }

  ProgramType type() {
    return type;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String function() {
    return "bench_" + label();
  }

  AttachSpec attachSpec(Setting setting) {
    NetworkHook hook = new NetworkHook(setting.device(), null);
    return switch (this) {
      case XDP -> new AttachSpec.Xdp(hook, 50, XdpAction.defaultProceedOn());
      case TCX -> new AttachSpec.Tcx(hook, Direction.INGRESS, 50);
      case TRACEPOINT -> new AttachSpec.Tracepoint("syscalls", "sys_enter_getpgid");
      case UPROBE -> new AttachSpec.Uprobe(setting.libc().toString(), "malloc", 0, null, null);
    };
  }
}
