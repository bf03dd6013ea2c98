package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.NetworkHooks.Seated;
import io.bpfman.loader.port.NetworkHooks.SlotOrder;
import java.util.Optional;
import jnr.ffi.Pointer;

/** Puts programs into the slots of a dispatcher by freplace links (Linux 5.10). Thread-safe. */
final class SlotSeating {
  /** sizeof(struct bpf_link_create_opts) of libbpf 1.0 to 1.1, and where it has target_btf_id. */
  private static final int OPTIONS_BYTES = 40;

  private static final int TARGET_FUNCTION = 28;

  private final Natives natives;
  private final Handles handles;
  private final ProgramInfos infos;
  private final SlotFunctions slots;
  private final MemberLoader members;

  SlotSeating(Natives natives, Handles handles, ProgramInfos infos) {
    this.natives = natives;
    this.handles = handles;
    this.infos = infos;
    this.slots = new SlotFunctions(natives, handles);
    this.members = new MemberLoader(natives, handles, infos);
  }

  /** A copy that runs elsewhere already is attached once more rather than loaded again. */
  Seated seat(SlotOrder order) {
    try (Descriptor dispatcher = handles.openProgram(order.slot().dispatcherPin())) {
      Optional<Descriptor> running =
          order.copy() == 0 ? Optional.empty() : infos.open(order.copy());
      if (running.isPresent()) {
        try (Descriptor copy = running.get()) {
          return attach(order, dispatcher, copy.number());
        }
      }
      try (LibbpfObject loaded = members.load(order, dispatcher)) {
        return attach(order, dispatcher, loaded.descriptor(0));
      }
    }
  }

  private Seated attach(SlotOrder order, Descriptor dispatcher, int copy) {
    try (Scratch memory = natives.scratch()) {
      Pointer options = memory.zeroed(OPTIONS_BYTES);
      options.putLong(0, OPTIONS_BYTES);
      int function = slots.id(dispatcher, order.slot().number());
      options.putInt(TARGET_FUNCTION, function);
      int link = natives.bpf().bpf_link_create(copy, dispatcher.number(), 0, options);
      if (link < 0) {
        throw ChainFailures.notSeated(order, -link);
      }
      long id = handles.keepLink(link, order.linkPin());
      return new Seated(infos.of(copy).id().value(), id);
    }
  }
}
