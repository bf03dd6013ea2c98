package io.bpfman.loader.adapter.libbpf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/**
 * Lets an object use the maps of a program that was loaded from it before, variables included, so
 * that both count in the same places.
 */
final class InheritedMaps {
  /** BPF_OBJ_NAME_LEN of linux/bpf.h, without the closing NUL. */
  private static final int LONGEST_NAME = 15;

  private static final int INFO_BYTES = 80;
  private static final int NAME = 24;

  private final Natives natives;
  private final Handles handles;

  InheritedMaps(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
  }

  /** A living map, open. */
  private record Living(Descriptor descriptor, String name, Shape shape) {}

  private record Shape(int type, int keySize, int valueSize) {}

  /**
   * Maps that the program does not use are not made at all. {@code ids} are those that the kernel
   * says the program uses.
   */
  void apply(Pointer object, List<Long> ids) {
    List<Living> living = new ArrayList<>();
    try {
      ids.forEach(id -> living.add(open(id)));
      Pointer map = natives.bpf().bpf_object__next_map(object, null);
      while (map != null) {
        inherit(map, living);
        map = natives.bpf().bpf_object__next_map(object, map);
      }
    } finally {
      living.forEach(map -> map.descriptor().close());
    }
  }

  private Living open(long id) {
    int number = natives.bpf().bpf_map_get_fd_by_id((int) id);
    if (number < 0) {
      throw KernelErrors.refused("open map " + id, -number);
    }
    Descriptor descriptor = handles.own(number);
    try (Scratch memory = natives.scratch()) {
      Pointer info = memory.zeroed(INFO_BYTES);
      handles.readInfo(number, info, INFO_BYTES);
      Shape shape = new Shape(info.getInt(0), info.getInt(8), info.getInt(12));
      String name = info.getString(NAME, LONGEST_NAME + 1, StandardCharsets.UTF_8);
      return new Living(descriptor, name, shape);
    } catch (RuntimeException e) {
      descriptor.close();
      throw e;
    }
  }

  /** Without a pin path, lest libbpf pins the map once more below /sys/fs/bpf. */
  private void inherit(Pointer map, List<Living> living) {
    natives.bpf().bpf_map__set_pin_path(map, null);
    String name = natives.bpf().bpf_map__name(map);
    boolean variables = natives.bpf().bpf_map__is_internal(map) != 0;
    LibBpf bpf = natives.bpf();
    Shape shape =
        new Shape(bpf.bpf_map__type(map), bpf.bpf_map__key_size(map), bpf.bpf_map__value_size(map));
    List<Living> fitting =
        living.stream()
            .filter(other -> other.shape().equals(shape))
            .filter(other -> isSame(name, other.name(), variables))
            .toList();
    if (fitting.isEmpty()) {
      bpf.bpf_map__set_autocreate(map, false);
      return;
    }
    int result = bpf.bpf_map__reuse_fd(map, fitting.getFirst().descriptor().number());
    if (result < 0) {
      throw KernelErrors.refused("use the existing map \"%s\"".formatted(name), -result);
    }
  }

  /**
   * Maps of variables are called {@code <start of the object's name>.<section>}, and the copy of an
   * object has another name.
   */
  private static boolean isSame(String declared, String living, boolean variables) {
    return variables ? section(declared).equals(section(living)) : cut(declared).equals(living);
  }

  private static String section(String name) {
    return cut(name).substring(Math.max(0, cut(name).indexOf('.')));
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }
}
