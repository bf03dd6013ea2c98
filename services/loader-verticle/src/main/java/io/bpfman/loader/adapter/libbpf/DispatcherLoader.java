package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.NetworkHooks.DispatcherPlan;
import io.bpfman.model.ChainType;
import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jnr.ffi.Pointer;

/** Loads the dispatchers that were compiled from src/main/bpf. Thread-safe. */
final class DispatcherLoader {
  private static final String NAME = "bpfman";

  /** BPF_F_XDP_HAS_FRAGS of linux/bpf.h, since Linux 5.18. */
  private static final int HAS_FRAGS = 1 << 5;

  /** struct chain of slots.h. */
  private static final int MEMBERS = 0;

  private static final int PROCEED = 4;

  private final Natives natives;
  private final Handles handles;
  private final ProgramInfos infos;
  private final Map<DispatcherObject, byte[]> objects = new ConcurrentHashMap<>();

  DispatcherLoader(Natives natives, Handles handles, ProgramInfos infos) {
    this.natives = natives;
    this.handles = handles;
    this.infos = infos;
  }

  /** Answers the kernel id of the program that is now pinned. */
  long load(DispatcherPlan plan, Path pin) {
    try (Scratch memory = natives.scratch();
        LibbpfObject object = open(memory, DispatcherObject.of(plan))) {
      LibBpf bpf = natives.bpf();
      Pointer program = programOf(object, plan.type());
      if (plan.frags()) {
        bpf.bpf_program__set_flags(program, bpf.bpf_program__flags(program) | HAS_FRAGS);
      }
      configure(object.handle(), plan, memory);
      int result = bpf.bpf_object__load(object.handle());
      if (result < 0) {
        throw KernelErrors.refused(
            "load a dispatcher for %d %s programs"
                .formatted(plan.proceed().size(), plan.type().wireName()),
            -result);
      }
      int number = bpf.bpf_program__fd(program);
      handles.pin(number, pin);
      return infos.of(number).id().value();
    }
  }

  private Pointer programOf(LibbpfObject object, ChainType type) {
    Pointer program = natives.bpf().bpf_object__next_program(object.handle(), null);
    if (program == null) {
      throw FailureCode.INTERNAL.because(
          "the %s dispatcher has no program".formatted(type.wireName()));
    }
    return program;
  }

  private LibbpfObject open(Scratch memory, DispatcherObject dispatcher) {
    byte[] content = objects.computeIfAbsent(dispatcher, DispatcherObject::content);
    Pointer bytes = memory.zeroed(content.length);
    bytes.put(0, content, 0, content.length);
    ObjectImage image = new ObjectImage(bytes, content.length);
    Pointer object = new OpenOptions(NAME, null).open(natives, memory, image);
    if (object == null) {
      throw KernelErrors.refused("open the dispatcher " + dispatcher.file(), natives.errno());
    }
    return new LibbpfObject(natives, handles, object, new LibbpfObject.Source(memory, image));
  }

  private void configure(Pointer object, DispatcherPlan plan, Scratch memory) {
    Pointer map = natives.bpf().bpf_object__find_map_by_name(object, ".rodata");
    Pointer section =
        map == null ? null : natives.bpf().bpf_map__initial_value(map, memory.zeroed(Long.BYTES));
    if (section == null) {
      throw FailureCode.INTERNAL.because(
          "the %s dispatcher has no configuration".formatted(plan.type().wireName()));
    }
    section.putInt(MEMBERS, plan.proceed().size());
    for (int i = 0; i < plan.proceed().size(); i++) {
      section.putInt(PROCEED + (long) i * Integer.BYTES, plan.proceed().get(i));
    }
  }
}
