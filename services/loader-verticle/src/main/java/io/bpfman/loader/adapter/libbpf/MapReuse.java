package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/** Puts existing maps in the place of those that an object declares. */
final class MapReuse {
  private final Natives natives;
  private final Handles handles;

  MapReuse(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
  }

  /**
   * Names that the object does not declare are passed over. KERNEL_REFUSED names what differs
   * between two maps.
   */
  void apply(Pointer object, ObjectLoad request) {
    request
        .reusedMaps()
        .forEach(
            (name, pin) -> {
              Pointer map = natives.bpf().bpf_object__find_map_by_name(object, name);
              if (map != null) {
                reuse(map, name, pin);
              }
            });
  }

  private void reuse(Pointer map, String name, Path pin) {
    try (Descriptor existing = open(name, pin)) {
      requireSameLayout(map, name, pin, MapInfo.of(natives, handles, existing));
      int result = natives.bpf().bpf_map__reuse_fd(map, existing.number());
      if (result < 0) {
        throw KernelErrors.refused("reuse map \"%s\" of %s".formatted(name, pin), -result);
      }
    }
  }

  private Descriptor open(String name, Path pin) {
    return handles
        .openPin(pin)
        .orElseThrow(
            () ->
                FailureCode.KERNEL_STATE_LOST.because(
                    "map \"%s\" is to be shared, but its pin %s is gone".formatted(name, pin),
                    "unload the map's owner and load it again"));
  }

  private void requireSameLayout(Pointer map, String name, Path pin, MapInfo existing) {
    LibBpf bpf = natives.bpf();
    List<String> differences = new ArrayList<>();
    compare(differences, "type", bpf.bpf_map__type(map), existing.type());
    compare(differences, "key size", bpf.bpf_map__key_size(map), existing.keySize());
    compare(differences, "value size", bpf.bpf_map__value_size(map), existing.valueSize());
    int entries = bpf.bpf_map__max_entries(map);
    if (entries != 0) {
      compare(differences, "number of entries", entries, existing.maxEntries());
    }
    if (!differences.isEmpty()) {
      throw FailureCode.KERNEL_REFUSED.because(
          "map \"%s\" cannot be shared with %s: %s"
              .formatted(name, pin, String.join(", ", differences)),
          "declare it with the same layout, or load without a map owner");
    }
  }

  private static void compare(List<String> differences, String what, int declared, int existing) {
    if (declared != existing) {
      differences.add("%s is %d here and %d there".formatted(what, declared, existing));
    }
  }
}
