package io.bpfman.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a program is attached. Not validated here: edges check input before they build one. */
public sealed interface AttachSpec {

  /**
   * Kind as the command line and the store spell it: {@code xdp}, {@code tcx}, {@code uprobe} ...
   */
  String kind();

  /**
   * One short human text, for example {@code eth0 ingress} or {@code syscalls/sys_enter_openat}.
   */
  String attachPoint();

  /** Whether a program of {@code type} can be attached here. */
  boolean accepts(ProgramType type);

  /** Attach points on a network interface. */
  sealed interface Network extends AttachSpec {
    NetworkHook hook();

    /** 0 or more, smaller runs first. */
    int priority();
  }

  record Xdp(NetworkHook hook, int priority, Set<XdpAction> proceedOn) implements Network {
    public Xdp {
      proceedOn = Set.copyOf(proceedOn);
    }

    @Override
    public String kind() {
      return "xdp";
    }

    @Override
    public String attachPoint() {
      return hook.toString();
    }

    @Override
    public boolean accepts(ProgramType type) {
      return type == ProgramType.XDP;
    }
  }

  record Tc(NetworkHook hook, Direction direction, int priority, Set<TcAction> proceedOn)
      implements Network {
    public Tc {
      proceedOn = Set.copyOf(proceedOn);
    }

    @Override
    public String kind() {
      return "tc";
    }

    @Override
    public String attachPoint() {
      return hook + " " + direction.wireName();
    }

    @Override
    public boolean accepts(ProgramType type) {
      return type == ProgramType.TC;
    }
  }

  record Tcx(NetworkHook hook, Direction direction, int priority) implements Network {
    @Override
    public String kind() {
      return "tcx";
    }

    @Override
    public String attachPoint() {
      return hook + " " + direction.wireName();
    }

    @Override
    public boolean accepts(ProgramType type) {
      return type == ProgramType.TCX;
    }
  }

  /** {@code group} and {@code name} as under /sys/kernel/tracing/events. */
  record Tracepoint(String group, String name) implements AttachSpec {
    @Override
    public String kind() {
      return "tracepoint";
    }

    @Override
    public String attachPoint() {
      return group + "/" + name;
    }

    @Override
    public boolean accepts(ProgramType type) {
      return type == ProgramType.TRACEPOINT;
    }
  }

  /**
   * @param offset bytes from the start of the function
   * @param containerPid recorded only
   */
  record Kprobe(String function, long offset, @Nullable Integer containerPid)
      implements AttachSpec {
    @Override
    public String kind() {
      return "kprobe";
    }

    @Override
    public String attachPoint() {
      return offset == 0 ? function : function + "+" + offset;
    }

    @Override
    public boolean accepts(ProgramType type) {
      return type.family() == ProgramType.Family.KPROBE;
    }
  }

  /**
   * @param target absolute path or bare library name
   * @param function null: {@code offset} counts from the start of the file
   * @param offset bytes
   * @param pid only this process; null: all
   * @param containerPid process whose file system holds the target; null: the daemon's own
   */
  record Uprobe(
      String target,
      @Nullable String function,
      long offset,
      @Nullable Integer pid,
      @Nullable Integer containerPid)
      implements AttachSpec {
    @Override
    public String kind() {
      return "uprobe";
    }

    @Override
    public String attachPoint() {
      String place = function == null ? "0x" + Long.toHexString(offset) : function;
      return target + ":" + (function != null && offset != 0 ? place + "+" + offset : place);
    }

    @Override
    public boolean accepts(ProgramType type) {
      return type.family() == ProgramType.Family.UPROBE;
    }
  }

  record Fentry() implements AttachSpec {
    @Override
    public String kind() {
      return "fentry";
    }

    @Override
    public String attachPoint() {
      return "fixed at load";
    }

    @Override
    public boolean accepts(ProgramType type) {
      return type == ProgramType.FENTRY;
    }
  }

  record Fexit() implements AttachSpec {
    @Override
    public String kind() {
      return "fexit";
    }

    @Override
    public String attachPoint() {
      return "fixed at load";
    }

    @Override
    public boolean accepts(ProgramType type) {
      return type == ProgramType.FEXIT;
    }
  }

  record Lsm() implements AttachSpec {
    @Override
    public String kind() {
      return "lsm";
    }

    @Override
    public String attachPoint() {
      return "fixed at load";
    }

    @Override
    public boolean accepts(ProgramType type) {
      return type == ProgramType.LSM;
    }
  }
}
