package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.ProbeTargets;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import java.util.Set;
import jnr.ffi.Pointer;

/**
 * Links on perf events: tracepoints and probes. Layout of struct perf_event_attr:
 * linux/perf_event.h, PERF_ATTR_SIZE_VER5.
 */
final class PerfAttach {
  private static final int ATTRIBUTE_BYTES = 112;
  private static final int TYPE_TRACEPOINT = 2;
  private static final long FLAG_CLOEXEC = 8;

  /** What perf_event_open(2) answers for a function or place that it cannot probe. */
  private static final Set<Integer> KPROBE_ERRORS =
      Set.of(Errno.ENOENT, Errno.EINVAL, Errno.EILSEQ);

  /**
   * One event.
   *
   * @param text address of a path or function name, 0 for none
   * @param pid one process, or -1 for all
   */
  private record Event(int type, long config, long text, long offset, int pid) {}

  private final Natives natives;
  private final Handles handles;
  private final ProbeTargets targets;

  PerfAttach(Natives natives, Handles handles, ProbeTargets targets) {
    this.natives = natives;
    this.handles = handles;
    this.targets = targets;
  }

  /** Answers the kernel link id, as do the others. */
  long tracepoint(AttachOrder order, AttachSpec.Tracepoint spec, Descriptor program) {
    Event event = new Event(TYPE_TRACEPOINT, Tracepoints.id(natives.c(), spec), 0, 0, -1);
    return link(order, program, event);
  }

  Attachment uprobe(AttachOrder order, AttachSpec.Uprobe spec, Descriptor program) {
    PerfPmu pmu = PerfPmu.uprobe();
    ProbeTargets.Place place = targets.find(spec);
    try (Scratch memory = natives.scratch()) {
      long path = memory.text(place.binary().toString()).address();
      Event event =
          new Event(pmu.type(), config(pmu, order), path, place.fileOffset(), place.process());
      try (Descriptor perf = handles.own(opened(order, event))) {
        requireSame(spec, place);
        return new Attachment(link(order, program, perf), place.target());
      }
    }
  }

  /** The kernel opened the file by its name, after the function was looked up in it. */
  private void requireSame(AttachSpec.Uprobe spec, ProbeTargets.Place place) {
    targets
        .changed(spec, place.target())
        .ifPresent(
            change -> {
              throw FailureCode.TARGET_NOT_FOUND.because(
                  "the target of %s changed while it was attached: %s"
                      .formatted(spec.attachPoint(), change),
                  "attach again");
            });
  }

  long kprobe(AttachOrder order, AttachSpec.Kprobe spec, Descriptor program) {
    if (spec.offset() != 0 && order.program().spec().type().isReturnProbe()) {
      throw FailureCode.INVALID_REQUEST.because(
          "program %s is a kretprobe, which runs when %s returns, but offset %d is given"
              .formatted(order.program().id(), spec.function(), spec.offset()),
          "leave the offset away, or use a kprobe");
    }
    PerfPmu pmu = PerfPmu.kprobe();
    try (Scratch memory = natives.scratch()) {
      long name = memory.text(spec.function()).address();
      return link(
          order, program, new Event(pmu.type(), config(pmu, order), name, spec.offset(), -1));
    }
  }

  private static long config(PerfPmu pmu, AttachOrder order) {
    return order.program().spec().type().isReturnProbe() ? pmu.returnFlag() : 0;
  }

  private long link(AttachOrder order, Descriptor program, Event event) {
    try (Descriptor perf = handles.own(opened(order, event))) {
      return link(order, program, perf);
    }
  }

  private int opened(AttachOrder order, Event event) {
    int opened = open(event);
    if (opened < 0) {
      throw refused(order.spec(), -opened);
    }
    return opened;
  }

  private long link(AttachOrder order, Descriptor program, Descriptor perf) {
    int link =
        natives
            .bpf()
            .bpf_link_create(program.number(), perf.number(), AttachTypes.PERF_EVENT, null);
    if (link < 0) {
      throw linkRefused(order.spec(), -link);
    }
    return handles.keepLink(link, order.linkPin());
  }

  /** Programs of one tracepoint share a list, whoever attached them (BPF_TRACE_MAX_PROGS). */
  private static BpfmanException linkRefused(AttachSpec spec, int errno) {
    return errno == Errno.E2BIG
        ? FailureCode.HOOK_BUSY.because(
            "%s runs 64 programs already, which is all that the kernel takes there"
                .formatted(spec.attachPoint()),
            "detach one; programs of others count, too: bpftool perf show")
        : KernelErrors.refused("attach a program to " + spec.attachPoint(), errno);
  }

  /**
   * A new event counts at once. One for all processes is opened on CPU 0 and still fires on every
   * CPU, because probes are global.
   */
  private int open(Event event) {
    try (Scratch memory = natives.scratch()) {
      Pointer attribute = memory.zeroed(ATTRIBUTE_BYTES);
      attribute.putInt(0, event.type());
      attribute.putInt(4, ATTRIBUTE_BYTES);
      attribute.putLong(8, event.config());
      attribute.putLong(56, event.text());
      attribute.putLong(64, event.offset());
      if (event.type() == TYPE_TRACEPOINT) {
        attribute.putLong(16, 1);
        attribute.putInt(48, 1);
      }
      long cpu = event.pid() == -1 ? 0 : -1;
      long result =
          natives
              .c()
              .syscall(
                  natives.calls().perfEventOpen(), attribute, event.pid(), cpu, -1, FLAG_CLOEXEC);
      return result < 0 ? -natives.errno() : (int) result;
    }
  }

  private static BpfmanException refused(AttachSpec spec, int errno) {
    if (errno == Errno.ESRCH && spec instanceof AttachSpec.Uprobe uprobe && uprobe.pid() != null) {
      return FailureCode.TARGET_NOT_FOUND.because(
          "process %d, to which the probe on %s is limited, does not exist"
              .formatted(uprobe.pid(), uprobe.attachPoint()));
    }
    if (spec instanceof AttachSpec.Kprobe kprobe && KPROBE_ERRORS.contains(errno)) {
      return unprobed(kprobe, errno);
    }
    return KernelErrors.refused("make a perf event for " + spec.attachPoint(), errno);
  }

  private static BpfmanException unprobed(AttachSpec.Kprobe spec, int errno) {
    if (errno == Errno.ENOENT) {
      return FailureCode.SYMBOL_NOT_FOUND.because(
          "the kernel has no function \"%s\" to probe; nearest: %s"
              .formatted(spec.function(), NearNames.list(KernelFunctions.near(spec.function()))),
          "its functions are listed in /proc/kallsyms; inlined ones are not among them");
    }
    return FailureCode.SYMBOL_NOT_FOUND.because(
        "the kernel cannot probe \"%s\": %s".formatted(spec.attachPoint(), Errno.describe(errno)),
        "the offset must be that of an instruction inside the function, and the function none of"
            + " /sys/kernel/debug/kprobes/blacklist");
  }
}
