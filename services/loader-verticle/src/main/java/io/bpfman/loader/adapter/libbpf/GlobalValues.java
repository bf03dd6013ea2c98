package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import jnr.ffi.Pointer;

/** Writes the initial values of global variables into the sections of an open object. */
final class GlobalValues {
  private final Natives natives;

  GlobalValues(Natives natives) {
    this.natives = natives;
  }

  /** GLOBAL_DATA_INVALID when a variable does not lie in its section. */
  void apply(Pointer object, ObjectLoad request) {
    request.globals().forEach((variable, value) -> set(object, variable, value));
  }

  private void set(Pointer object, ObjectFacts.Variable variable, Bytes value) {
    Pointer map = natives.bpf().bpf_object__find_map_by_name(object, variable.section());
    if (map == null) {
      throw invalid(variable, "the object has no section " + variable.section());
    }
    try (Scratch memory = natives.scratch()) {
      Pointer sizeOut = memory.zeroed(Long.BYTES);
      Pointer section = natives.bpf().bpf_map__initial_value(map, sizeOut);
      long size = sizeOut.getLong(0);
      if (section == null || variable.offset() < 0 || variable.offset() > size - value.size()) {
        throw invalid(
            variable,
            "%d bytes at offset %d do not fit the %d bytes of section %s"
                .formatted(value.size(), variable.offset(), size, variable.section()));
      }
      // What a map starts with; libbpf loads it from here, as its skeletons rely on.
      section.put(variable.offset(), value.toArray(), 0, value.size());
    }
  }

  private static RuntimeException invalid(ObjectFacts.Variable variable, String why) {
    return FailureCode.GLOBAL_DATA_INVALID.because(
        "global variable \"%s\" cannot be set: %s".formatted(variable.name(), why));
  }
}
