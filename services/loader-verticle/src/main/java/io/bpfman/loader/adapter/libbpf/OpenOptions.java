package io.bpfman.loader.adapter.libbpf;

import java.nio.file.Path;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * How libbpf opens an object from memory (struct bpf_object_open_opts of libbpf 1.0 to 1.1; newer
 * ones accept the shorter one).
 *
 * @param name begins the names of .rodata and the like
 * @param pinRoot where maps declared LIBBPF_PIN_BY_NAME are; null: libbpf's own place
 */
record OpenOptions(String name, @Nullable Path pinRoot) {
  private static final int BYTES = 80;
  private static final int OBJECT_NAME = 8;
  private static final int PIN_ROOT_PATH = 24;

  /** Named as libbpf would name it by its path: up to the first dot. */
  static OpenOptions of(Path object, @Nullable Path pinRoot) {
    return new OpenOptions(String.valueOf(object.getFileName()).replaceFirst("\\..*", ""), pinRoot);
  }

  /** Null with errno when libbpf refuses. */
  @Nullable Pointer open(Natives natives, Scratch memory, ObjectImage image) {
    Pointer options = memory.zeroed(BYTES);
    options.putLong(0, BYTES);
    options.putLong(OBJECT_NAME, memory.text(name).address());
    if (pinRoot != null) {
      options.putLong(PIN_ROOT_PATH, memory.text(pinRoot.toString()).address());
    }
    return natives.bpf().bpf_object__open_mem(image.content(), image.size(), options);
  }
}
