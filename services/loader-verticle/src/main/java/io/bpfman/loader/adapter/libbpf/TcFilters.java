package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Direction;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Direct-action filters on the clsact qdisc, at priority {@value #PRIORITY}, with our link id as
 * handle. A filter has no pin: it lives until it is removed or its interface goes. Thread-safe.
 */
final class TcFilters {
  static final int PRIORITY = 50;

  private static final int HOOK_BYTES = 24;
  private static final int OPTIONS_BYTES = 32;
  private static final int BOTH_DIRECTIONS = 3;

  /** An interface whose clsact qdisc this process made. */
  private record Made(@Nullable String netns, int interfaceIndex) {}

  private final Natives natives;
  private final NetnsThread netns;
  private final Interfaces interfaces;
  private final TcNetlink netlink;
  private final Set<Made> made = ConcurrentHashMap.newKeySet();

  TcFilters(Natives natives, NetnsThread netns) {
    this.natives = natives;
    this.netns = netns;
    this.interfaces = new Interfaces(natives.c());
    this.netlink = new TcNetlink(natives);
  }

  /** HOOK_BUSY when the priority is taken or another kind of ingress qdisc is there. */
  void attach(AttachOrder order, AttachSpec.Tc spec, Descriptor program) {
    netns.inside(
        spec.hook().netns(),
        () -> {
          int index = interfaces.index(spec.hook());
          requireFree(spec, index);
          ensureQdisc(spec, index);
          add(order, spec, index, program);
          return true;
        });
  }

  private void requireFree(AttachSpec.Tc spec, int index) {
    if (netlink.qdisc(index) == TcNetlink.Qdisc.FOREIGN) {
      throw FailureCode.HOOK_BUSY.because(
          "interface %s has an ingress qdisc of another kind than clsact".formatted(spec.hook()),
          "remove it with: tc qdisc del dev %s ingress; or use TCX"
              .formatted(spec.hook().interfaceName()));
    }
    netlink.filters(index, parent(spec.direction())).stream()
        .filter(filter -> filter.priority() == PRIORITY)
        .findFirst()
        .ifPresent(
            filter -> {
              throw FailureCode.HOOK_BUSY.because(
                  "%s already has a TC program at priority %d, with handle %d"
                      .formatted(spec.attachPoint(), PRIORITY, filter.handle()),
                  "detach that one first, or use TCX, which takes several");
            });
  }

  private void ensureQdisc(AttachSpec.Tc spec, int index) {
    try (Scratch memory = natives.scratch()) {
      int result = natives.bpf().bpf_tc_hook_create(hook(memory, index, spec.direction()));
      if (result == 0) {
        made.add(new Made(spec.hook().netns(), index));
      } else if (result != -Errno.EEXIST) {
        throw KernelErrors.refused("make a clsact qdisc on interface " + spec.hook(), -result);
      }
    }
  }

  private void add(AttachOrder order, AttachSpec.Tc spec, int index, Descriptor program) {
    try (Scratch memory = natives.scratch()) {
      Pointer options = options(memory, order.id().value());
      options.putInt(8, program.number());
      int result = natives.bpf().bpf_tc_attach(hook(memory, index, spec.direction()), options);
      if (result < 0) {
        dropUnusedQdisc(spec, index);
        throw KernelErrors.refused("attach a TC program to " + spec.attachPoint(), -result);
      }
    }
  }

  /** Idempotent. A filter of the same handle that runs another program is left alone. */
  void detach(LinkRecord link, AttachSpec.Tc spec) {
    if (namespaceGone(spec)) {
      return;
    }
    netns.inside(
        spec.hook().netns(),
        () -> {
          OptionalInt index = interfaces.find(spec.hook());
          if (index.isPresent()
              && programId(link, spec, index.getAsInt()) == link.program().value()) {
            remove(link, spec, index.getAsInt());
            dropUnusedQdisc(spec, index.getAsInt());
          }
          return true;
        });
  }

  private void remove(LinkRecord link, AttachSpec.Tc spec, int index) {
    try (Scratch memory = natives.scratch()) {
      int result =
          natives
              .bpf()
              .bpf_tc_detach(
                  hook(memory, index, spec.direction()), options(memory, link.id().value()));
      if (result < 0 && result != -Errno.ENOENT && result != -Errno.EINVAL) {
        throw KernelErrors.refused("remove the TC program from " + spec.attachPoint(), -result);
      }
    }
  }

  LinkHealth observe(LinkRecord link, AttachSpec.Tc spec) {
    if (namespaceGone(spec)) {
      return new LinkHealth.Detached("network namespace %s is gone".formatted(spec.hook().netns()));
    }
    return netns.inside(
        spec.hook().netns(),
        () -> {
          OptionalInt index = interfaces.find(spec.hook());
          if (index.isEmpty()) {
            return new LinkHealth.Detached("interface %s is gone".formatted(spec.hook()));
          }
          return programId(link, spec, index.getAsInt()) == link.program().value()
              ? new LinkHealth.Attached()
              : new LinkHealth.Detached("the filter on %s is gone".formatted(spec.attachPoint()));
        });
  }

  private static boolean namespaceGone(AttachSpec.Tc spec) {
    String path = spec.hook().netns();
    return path != null && !Files.exists(Path.of(path));
  }

  /** 0 when there is no such filter. */
  private long programId(LinkRecord link, AttachSpec.Tc spec, int index) {
    try (Scratch memory = natives.scratch()) {
      Pointer options = options(memory, link.id().value());
      int result = natives.bpf().bpf_tc_query(hook(memory, index, spec.direction()), options);
      return result < 0 ? 0 : Integer.toUnsignedLong(options.getInt(16));
    }
  }

  /** Removes the qdisc only when this process made it and no filter of anybody is left on it. */
  private void dropUnusedQdisc(AttachSpec.Tc spec, int index) {
    Made key = new Made(spec.hook().netns(), index);
    if (made.contains(key)
        && netlink.filters(index, TcNetlink.INGRESS_PARENT).isEmpty()
        && netlink.filters(index, TcNetlink.EGRESS_PARENT).isEmpty()
        && made.remove(key)) {
      try (Scratch memory = natives.scratch()) {
        Pointer hook = hook(memory, index, spec.direction());
        hook.putInt(12, BOTH_DIRECTIONS);
        natives.bpf().bpf_tc_hook_destroy(hook);
      }
    }
  }

  private static int parent(Direction direction) {
    return direction == Direction.INGRESS ? TcNetlink.INGRESS_PARENT : TcNetlink.EGRESS_PARENT;
  }

  /** struct bpf_tc_hook; BPF_TC_INGRESS is 1, BPF_TC_EGRESS 2. */
  private static Pointer hook(Scratch memory, int index, Direction direction) {
    Pointer hook = memory.zeroed(HOOK_BYTES);
    hook.putLong(0, HOOK_BYTES);
    hook.putInt(8, index);
    hook.putInt(12, direction == Direction.INGRESS ? 1 : 2);
    return hook;
  }

  /** struct bpf_tc_opts. */
  private static Pointer options(Scratch memory, long handle) {
    Pointer options = memory.zeroed(OPTIONS_BYTES);
    options.putLong(0, OPTIONS_BYTES);
    options.putInt(20, (int) handle);
    options.putInt(24, PRIORITY);
    return options;
  }
}
