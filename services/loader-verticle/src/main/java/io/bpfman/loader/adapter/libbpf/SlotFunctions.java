package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import jnr.ffi.Pointer;

/**
 * Finds a slot in a dispatcher that is loaded. The kernel is asked, so that one made by another
 * version of this program fits, too. Thread-safe.
 */
final class SlotFunctions {
  /** struct bpf_prog_info of linux/bpf.h up to nr_func_info, and where it has btf_id. */
  private static final int INFO_BYTES = 152;

  private static final int BTF_ID = 128;

  /** BTF_KIND_FUNC of linux/btf.h. */
  private static final int FUNCTION = 12;

  private final Natives natives;
  private final Handles handles;

  SlotFunctions(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
  }

  static String name(int slot) {
    return "slot" + slot;
  }

  /** BTF id of the function that is the slot. INTERNAL when the program has no such function. */
  int id(Descriptor dispatcher, int slot) {
    Pointer types = typesOf(dispatcher);
    try {
      int id = natives.bpf().btf__find_by_name_kind(types, name(slot), FUNCTION);
      if (id < 0) {
        throw FailureCode.INTERNAL.because("the dispatcher has no function " + name(slot));
      }
      return id;
    } finally {
      natives.bpf().btf__free(types);
    }
  }

  private Pointer typesOf(Descriptor dispatcher) {
    try (Scratch memory = natives.scratch()) {
      Pointer info = memory.zeroed(INFO_BYTES);
      handles.readInfo(dispatcher.number(), info, INFO_BYTES);
      Pointer types = natives.bpf().btf__load_from_kernel_by_id(info.getInt(BTF_ID));
      if (types == null) {
        throw KernelErrors.refused("read the type information of a dispatcher", natives.errno());
      }
      return types;
    }
  }
}
