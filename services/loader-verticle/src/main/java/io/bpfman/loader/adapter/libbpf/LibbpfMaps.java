package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.BpfMaps;
import io.bpfman.loader.port.MapEntry;
import io.bpfman.loader.port.MapFacts;
import io.bpfman.loader.port.MapPage;
import io.bpfman.loader.port.MapRef;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import java.util.List;
import java.util.Optional;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** {@link BpfMaps} on libbpf. */
final class LibbpfMaps implements BpfMaps {
  /** struct bpf_btf_info of linux/bpf.h: address, size, id. */
  private static final int BTF_INFO_BYTES = 16;

  /** Larger than the type information of any object; that of the kernel has 6 MiB. */
  private static final int MAX_BTF_BYTES = 64 << 20;

  private final Natives natives;
  private final Handles handles;

  LibbpfMaps(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
  }

  @Override
  public MapFacts facts(MapRef map) {
    try (Descriptor opened = open(map)) {
      return MapShape.read(natives, handles, opened);
    }
  }

  @Override
  public MapPage page(MapRef map, MapPage.@Nullable Position from) {
    try (Descriptor opened = open(map)) {
      return new MapPages(natives, opened, shape(map, opened)).page(from);
    }
  }

  @Override
  public Optional<MapEntry> lookup(MapRef map, Bytes key) {
    try (Descriptor opened = open(map);
        Scratch memory = natives.scratch()) {
      MapShape shape = shape(map, opened);
      shape.requireModest();
      Pointer value = memory.zeroed(shape.valueBytes());
      int result =
          natives.bpf().bpf_map_lookup_elem(opened.number(), shape.key(memory, key), value);
      if (result == -Errno.ENOENT) {
        return Optional.empty();
      }
      if (result < 0) {
        throw shape.refused("look up key " + key + " in", -result);
      }
      byte[] content = new byte[(int) shape.valueBytes()];
      value.get(0, content, 0, content.length);
      return Optional.of(shape.entry(key.toArray(), content, 0));
    }
  }

  @Override
  public Bytes part(MapRef map, int offset, int size) {
    try (Descriptor opened = open(map)) {
      return new SectionMemory(natives, opened, shape(map, opened)).read(offset, size);
    }
  }

  @Override
  public void writePart(MapRef map, int offset, Bytes content) {
    try (Descriptor opened = open(map)) {
      new SectionMemory(natives, opened, shape(map, opened)).write(offset, content);
    }
  }

  @Override
  public void update(MapRef map, Bytes key, List<Bytes> values, UpdateMode mode) {
    try (Descriptor opened = open(map);
        Scratch memory = natives.scratch()) {
      MapShape shape = shape(map, opened);
      Pointer keyBlock = shape.key(memory, key);
      Pointer block = shape.values(memory, values);
      int result =
          natives.bpf().bpf_map_update_elem(opened.number(), keyBlock, block, mode.ordinal());
      if (result < 0) {
        throw MapUpdates.refused(shape, key, mode, -result);
      }
    }
  }

  @Override
  public boolean delete(MapRef map, Bytes key) {
    try (Descriptor opened = open(map);
        Scratch memory = natives.scratch()) {
      MapShape shape = shape(map, opened);
      int result = natives.bpf().bpf_map_delete_elem(opened.number(), shape.key(memory, key));
      if (result == -Errno.EINVAL) {
        throw FailureCode.KERNEL_UNSUPPORTED.because(
            "entries of %s cannot be deleted: its type (%d) has a fixed set of them"
                .formatted(shape.what(), shape.facts().type()),
            "set the value to zero instead");
      }
      if (result < 0 && result != -Errno.ENOENT) {
        throw shape.refused("delete key " + key + " from", -result);
      }
      return result == 0;
    }
  }

  @Override
  public Optional<Bytes> typeInformation(long btfId) {
    int number = natives.bpf().bpf_btf_get_fd_by_id((int) btfId);
    if (number == -Errno.ENOENT) {
      return Optional.empty();
    }
    if (number < 0) {
      throw KernelErrors.refused("open the type information " + btfId, -number);
    }
    try (Descriptor btf = handles.own(number);
        Scratch memory = natives.scratch()) {
      return Optional.of(content(btf, memory));
    }
  }

  private Bytes content(Descriptor btf, Scratch memory) {
    Pointer info = memory.zeroed(BTF_INFO_BYTES);
    handles.readInfo(btf.number(), info, BTF_INFO_BYTES);
    int size = Math.clamp(info.getInt(8), 0, MAX_BTF_BYTES);
    Pointer block = memory.zeroed(Math.max(1, size));
    info.putLong(0, block.address());
    info.putInt(8, size);
    handles.readInfo(btf.number(), info, BTF_INFO_BYTES);
    byte[] content = new byte[size];
    block.get(0, content, 0, size);
    return Bytes.of(content);
  }

  private MapShape shape(MapRef map, Descriptor opened) {
    return MapShape.of(describe(map), MapShape.read(natives, handles, opened));
  }

  private static String describe(MapRef map) {
    return switch (map) {
      case MapRef.Pinned pinned -> "map " + pinned.pin();
      case MapRef.ById byId -> "map " + byId.id();
    };
  }

  private Descriptor open(MapRef map) {
    return switch (map) {
      case MapRef.Pinned pinned ->
          handles
              .openPin(pinned.pin())
              .orElseThrow(() -> gone("no map is pinned at " + pinned.pin()));
      case MapRef.ById byId -> {
        int number = natives.bpf().bpf_map_get_fd_by_id((int) byId.id());
        if (number == -Errno.ENOENT) {
          throw gone("map %d does not exist".formatted(byId.id()));
        }
        if (number < 0) {
          throw KernelErrors.refused("open map " + byId.id(), -number);
        }
        yield handles.own(number);
      }
    };
  }

  private static RuntimeException gone(String message) {
    return FailureCode.MAP_NOT_FOUND.because(message);
  }
}
