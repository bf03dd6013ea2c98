package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.loader.port.NetworkHooks.Occupant;
import io.bpfman.loader.port.NetworkHooks.Place;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainType;
import io.bpfman.model.Direction;
import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.Placement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import jnr.ffi.Pointer;

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

  private final Natives natives;
  private final NetnsThread netns;
  private final Interfaces interfaces;
  private final HookNames names;
  private final TcNetlink netlink;

  /** Interfaces whose clsact qdisc this process made. */
  private final Set<HookId> made = ConcurrentHashMap.newKeySet();

  TcFilters(Natives natives, NetnsThread netns, HookNames names) {
    this.natives = natives;
    this.netns = netns;
    this.names = names;
    this.interfaces = new Interfaces(natives);
    this.netlink = new TcNetlink(natives);
  }

  /** HOOK_BUSY when the priority is taken or another kind of ingress qdisc is there. */
  void attach(AttachOrder order, AttachSpec.Tc spec, Descriptor program) {
    HookId hook = order.networkHook();
    netns.inside(
        hook,
        spec.hook(),
        () -> {
          requireFree(spec, hook.interfaceIndex());
          ensureQdisc(spec, hook);
          add(spec, hook, program);
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

  private void ensureQdisc(AttachSpec.Tc spec, HookId where) {
    try (Scratch memory = natives.scratch()) {
      Pointer hook = hook(memory, where.interfaceIndex(), spec.direction());
      int result = natives.bpf().bpf_tc_hook_create(hook);
      if (result == 0) {
        made.add(where);
      } else if (result != -Errno.EEXIST) {
        throw KernelErrors.refused("make a clsact qdisc on interface " + spec.hook(), -result);
      }
    }
  }

  private void add(AttachSpec.Tc spec, HookId where, Descriptor program) {
    try (Scratch memory = natives.scratch()) {
      Pointer options = options(memory);
      options.putInt(8, program.number());
      Pointer hook = hook(memory, where.interfaceIndex(), spec.direction());
      int result = natives.bpf().bpf_tc_attach(hook, options);
      if (result < 0) {
        dropUnusedQdisc(where);
        throw KernelErrors.refused("attach a TC program to " + spec.attachPoint(), -result);
      }
    }
  }

  /**
   * Idempotent. A filter that runs another program is left alone, and so is one of a link that does
   * not say which hook it is on: it was never put there.
   */
  void detach(LinkRecord link, AttachSpec.Tc spec) {
    link.hook()
        .ifPresent(
            hook ->
                netns.within(hook.netns(), spec.hook().netns(), () -> removeOwn(link, spec, hook)));
  }

  private boolean removeOwn(LinkRecord link, AttachSpec.Tc spec, HookId hook) {
    boolean ours = programId(hook, spec.direction()) == link.program().value();
    if (ours) {
      remove(hook, spec.direction(), spec.hook());
    }
    return ours;
  }

  private void remove(HookId id, Direction direction, NetworkHook where) {
    try (Scratch memory = natives.scratch()) {
      Pointer hook = hook(memory, id.interfaceIndex(), direction);
      int result = natives.bpf().bpf_tc_detach(hook, options(memory));
      if (result < 0 && !GONE.contains(-result)) {
        throw KernelErrors.refused(
            "remove the TC program from %s %s".formatted(where, direction.wireName()), -result);
      }
    }
    dropUnusedQdisc(id);
  }

  /** Empty also when the place's namespace or interface is gone. */
  Optional<Occupant> occupant(Place place) {
    return at(place, () -> programId(place.key().hook(), direction(place)))
        .filter(program -> program != 0)
        .map(program -> new Occupant(program, 0));
  }

  void release(Place place) {
    at(
        place,
        () -> {
          remove(place.key().hook(), direction(place), place.where());
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
    if (programId(place.key().hook(), direction(place)) == 0) {
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

  /** Works in the place's namespace; empty when that is gone. */
  private <T> Optional<T> at(Place place, Supplier<T> work) {
    return netns.within(place.key().hook().netns(), place.where().netns(), work);
  }

  private static int index(Place place) {
    return place.key().hook().interfaceIndex();
  }

  private static Direction direction(Place place) {
    return place.key().type() == ChainType.TC_INGRESS ? Direction.INGRESS : Direction.EGRESS;
  }

  LinkHealth observe(LinkRecord link, AttachSpec.Tc spec) {
    Placement place = link.placement();
    if (place == null || !place.isDirect()) {
      return new LinkHealth.Detached(LinkObserver.TAKEN);
    }
    HookId hook = place.hook();
    return netns
        .within(hook.netns(), spec.hook().netns(), () -> observe(link, spec, hook))
        .orElseGet(
            () ->
                new LinkHealth.Detached(
                    "the network namespace of interface %s is gone".formatted(spec.hook())));
  }

  private LinkHealth observe(LinkRecord link, AttachSpec.Tc spec, HookId hook) {
    Optional<String> name = interfaces.name(hook.interfaceIndex(), spec.hook());
    if (name.isEmpty()) {
      return new LinkHealth.Detached("interface %s is gone".formatted(spec.hook()));
    }
    return programId(hook, spec.direction()) == link.program().value()
        ? names.compare(spec.hook(), hook, name.get())
        : new LinkHealth.Detached("the filter on %s is gone".formatted(spec.attachPoint()));
  }

  /** 0 when there is no such filter; KERNEL_REFUSED when that cannot be told. */
  private long programId(HookId id, Direction direction) {
    try (Scratch memory = natives.scratch()) {
      Pointer options = options(memory);
      Pointer hook = hook(memory, id.interfaceIndex(), direction);
      int result = natives.bpf().bpf_tc_query(hook, options);
      if (result < 0 && !GONE.contains(-result)) {
        throw KernelErrors.refused(
            "look for the TC filter of interface %d, %s"
                .formatted(id.interfaceIndex(), direction.wireName()),
            -result);
      }
      return result < 0 ? 0 : Integer.toUnsignedLong(options.getInt(16));
    }
  }

  /** Removes the qdisc only when this process made it and no filter of anybody is left on it. */
  private void dropUnusedQdisc(HookId where) {
    int index = where.interfaceIndex();
    if (made.contains(where)
        && netlink.filters(index, TcNetlink.INGRESS_PARENT).isEmpty()
        && netlink.filters(index, TcNetlink.EGRESS_PARENT).isEmpty()
        && made.remove(where)) {
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
