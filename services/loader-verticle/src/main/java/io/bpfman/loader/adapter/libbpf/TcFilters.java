package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.loader.port.NetworkHooks.Occupant;
import io.bpfman.loader.port.NetworkHooks.Place;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainType;
import io.bpfman.model.Direction;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Direct-action filters on the clsact qdisc, at a priority and with a handle of our own, so that
 * there is at most one for each direction of an interface. A filter has no pin: it lives until it
 * is removed or its interface goes. Thread-safe.
 */
final class TcFilters {
  private static final int PRIORITY = NetworkHooks.FILTER_PRIORITY;

  /** BPF_TC_F_REPLACE of bpf/libbpf.h. */
  private static final int REPLACE = 1;

  /** What the kernel says without filter, qdisc or interface. */
  private static final Set<Integer> GONE = Set.of(Errno.ENOENT, Errno.EINVAL, Errno.ENODEV);

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
          add(spec, index, program);
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
                  "%s already has a TC program of somebody else at priority %d, with handle %d"
                      .formatted(spec.attachPoint(), PRIORITY, filter.handle()),
                  "remove that one first, or use TCX, which takes several");
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

  private void add(AttachSpec.Tc spec, int index, Descriptor program) {
    try (Scratch memory = natives.scratch()) {
      Pointer options = options(memory);
      options.putInt(8, program.number());
      int result = natives.bpf().bpf_tc_attach(hook(memory, index, spec.direction()), options);
      if (result < 0) {
        dropUnusedQdisc(spec.hook(), index);
        throw KernelErrors.refused("attach a TC program to " + spec.attachPoint(), -result);
      }
    }
  }

  /** Idempotent. A filter that runs another program is left alone. */
  void detach(LinkRecord link, AttachSpec.Tc spec) {
    if (namespaceGone(spec.hook())) {
      return;
    }
    netns.inside(
        spec.hook().netns(),
        () -> {
          OptionalInt index = interfaces.find(spec.hook());
          if (index.isPresent()
              && programId(index.getAsInt(), spec.direction()) == link.program().value()) {
            remove(index.getAsInt(), spec.direction(), spec.hook());
          }
          return true;
        });
  }

  private void remove(int index, Direction direction, NetworkHook where) {
    try (Scratch memory = natives.scratch()) {
      int result = natives.bpf().bpf_tc_detach(hook(memory, index, direction), options(memory));
      if (result < 0 && !GONE.contains(-result)) {
        throw KernelErrors.refused(
            "remove the TC program from %s %s".formatted(where, direction.wireName()), -result);
      }
    }
    dropUnusedQdisc(where, index);
  }

  /** Empty also when the place's namespace or interface is gone. */
  Optional<Occupant> occupant(Place place) {
    return at(place, () -> programId(index(place), direction(place)))
        .filter(program -> program != 0)
        .map(program -> new Occupant(program, 0));
  }

  void release(Place place) {
    at(
        place,
        () -> {
          remove(index(place), direction(place), place.where());
          return true;
        });
  }

  void swap(Place place, Descriptor program) {
    boolean found = at(place, () -> replace(place, program)).orElse(false);
    if (!found) {
      throw FailureCode.KERNEL_STATE_LOST.because(
          "the filter on %s is gone".formatted(place.where()),
          "detach its programs and attach them again");
    }
  }

  private boolean replace(Place place, Descriptor program) {
    if (programId(index(place), direction(place)) == 0) {
      return false;
    }
    try (Scratch memory = natives.scratch()) {
      Pointer options = options(memory);
      options.putInt(8, program.number());
      options.putInt(12, REPLACE);
      int result =
          natives.bpf().bpf_tc_attach(hook(memory, index(place), direction(place)), options);
      if (result < 0) {
        throw KernelErrors.refused("change what TC runs on " + place.where(), -result);
      }
      return true;
    }
  }

  /** Works in the place's namespace; empty when the path leads nowhere or elsewhere by now. */
  private <T> Optional<T> at(Place place, Supplier<T> work) {
    if (namespaceGone(place.where())) {
      return Optional.empty();
    }
    return netns.inside(
        place.where().netns(),
        () ->
            Interfaces.namespace() == place.key().hook().netns()
                ? Optional.of(work.get())
                : Optional.empty());
  }

  private static int index(Place place) {
    return place.key().hook().interfaceIndex();
  }

  private static Direction direction(Place place) {
    return place.key().type() == ChainType.TC_INGRESS ? Direction.INGRESS : Direction.EGRESS;
  }

  LinkHealth observe(LinkRecord link, AttachSpec.Tc spec) {
    if (namespaceGone(spec.hook())) {
      return new LinkHealth.Detached("network namespace %s is gone".formatted(spec.hook().netns()));
    }
    return netns.inside(
        spec.hook().netns(),
        () -> {
          OptionalInt index = interfaces.find(spec.hook());
          if (index.isEmpty()) {
            return new LinkHealth.Detached("interface %s is gone".formatted(spec.hook()));
          }
          return programId(index.getAsInt(), spec.direction()) == link.program().value()
              ? new LinkHealth.Attached()
              : new LinkHealth.Detached("the filter on %s is gone".formatted(spec.attachPoint()));
        });
  }

  private static boolean namespaceGone(NetworkHook hook) {
    String path = hook.netns();
    return path != null && !Files.exists(Path.of(path));
  }

  /** 0 when there is no such filter. */
  private long programId(int index, Direction direction) {
    try (Scratch memory = natives.scratch()) {
      Pointer options = options(memory);
      int result = natives.bpf().bpf_tc_query(hook(memory, index, direction), options);
      return result < 0 ? 0 : Integer.toUnsignedLong(options.getInt(16));
    }
  }

  /** Removes the qdisc only when this process made it and no filter of anybody is left on it. */
  private void dropUnusedQdisc(NetworkHook where, int index) {
    Made key = new Made(where.netns(), index);
    if (made.contains(key)
        && netlink.filters(index, TcNetlink.INGRESS_PARENT).isEmpty()
        && netlink.filters(index, TcNetlink.EGRESS_PARENT).isEmpty()
        && made.remove(key)) {
      try (Scratch memory = natives.scratch()) {
        Pointer hook = hook(memory, index, Direction.INGRESS);
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
  private static Pointer options(Scratch memory) {
    Pointer options = memory.zeroed(OPTIONS_BYTES);
    options.putLong(0, OPTIONS_BYTES);
    options.putInt(20, NetworkHooks.FILTER_HANDLE);
    options.putInt(24, PRIORITY);
    return options;
  }
}
