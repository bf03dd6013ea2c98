package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jnr.ffi.Pointer;

/** Puts existing maps in the place of those that an object declares. */
final class MapReuse {
  /** Device maps, to which the kernel adds a flag of its own (kernel/bpf/devmap.c). */
  private static final Set<Integer> DEVICE_MAPS = Set.of(14, 25);

  /** BPF_F_RDONLY_PROG of linux/bpf.h. */
  private static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;

  private final Natives natives;
  private final Handles handles;

  MapReuse(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
  }

  /**
   * Names that the object does not declare are passed over. KERNEL_REFUSED names what differs
   * between two maps of {@link ObjectLoad#reusedMaps}; one of {@link ObjectLoad#keptMaps} that
   * differs is told to the object.
   */
  void apply(LibbpfObject object, ObjectLoad request) {
    request.reusedMaps().forEach((name, pin) -> find(object, name).ifPresent(m -> reuse(m, pin)));
    request
        .keptMaps()
        .forEach(
            (name, pin) ->
                find(object, name)
                    .filter(map -> !request.reusedMaps().containsKey(name))
                    .flatMap(map -> keep(map, pin))
                    .ifPresent(reason -> object.misfit(name, reason)));
  }

  /** A map as the object declares it. */
  private record Declared(Pointer map, String name) {}

  private Optional<Declared> find(LibbpfObject object, String name) {
    return Optional.ofNullable(natives.bpf().bpf_object__find_map_by_name(object.handle(), name))
        .map(map -> new Declared(map, name));
  }

  private void reuse(Declared declared, Path pin) {
    try (Descriptor existing = open(declared.name(), pin)) {
      String differences = differences(declared, existing, false);
      if (!differences.isEmpty()) {
        throw FailureCode.KERNEL_REFUSED.because(
            "map \"%s\" cannot be shared with %s: %s".formatted(declared.name(), pin, differences),
            "declare it with the same layout, or load without a map owner");
      }
      use(declared, existing, pin);
    }
  }

  /** Empty when the map goes on, else why it cannot. */
  private Optional<String> keep(Declared declared, Path pin) {
    Optional<Descriptor> opened = handles.openPin(pin);
    if (opened.isEmpty()) {
      return Optional.of("its pin %s is gone".formatted(pin));
    }
    try (Descriptor existing = opened.get()) {
      String differences = differences(declared, existing, true);
      if (differences.isEmpty()) {
        use(declared, existing, pin);
      }
      return Optional.of(differences).filter(text -> !text.isEmpty());
    }
  }

  private void use(Declared declared, Descriptor existing, Path pin) {
    int result = natives.bpf().bpf_map__reuse_fd(declared.map(), existing.number());
    if (result < 0) {
      throw KernelErrors.refused("reuse map \"%s\" of %s".formatted(declared.name(), pin), -result);
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

  private String differences(Declared declared, Descriptor descriptor, boolean withFlags) {
    LibBpf bpf = natives.bpf();
    Pointer map = declared.map();
    MapInfo existing = MapInfo.of(natives, handles, descriptor);
    List<String> differences = new ArrayList<>();
    compare(differences, "type", bpf.bpf_map__type(map), existing.type());
    compare(differences, "key size", bpf.bpf_map__key_size(map), existing.keySize());
    compare(differences, "value size", bpf.bpf_map__value_size(map), existing.valueSize());
    int entries = bpf.bpf_map__max_entries(map);
    if (entries != 0) {
      compare(differences, "number of entries", entries, existing.maxEntries());
    }
    if (withFlags) {
      int kernels = DEVICE_MAPS.contains(existing.type()) ? READ_ONLY_FOR_PROGRAMS : 0;
      compare(differences, "flags", bpf.bpf_map__map_flags(map), existing.flags() & ~kernels);
    }
    return String.join(", ", differences);
  }

  private static void compare(List<String> differences, String what, int declared, int existing) {
    if (declared != existing) {
      differences.add("%s is %d here and %d there".formatted(what, declared, existing));
    }
  }
}
