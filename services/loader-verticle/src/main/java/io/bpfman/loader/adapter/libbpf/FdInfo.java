package io.bpfman.loader.adapter.libbpf;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import jnr.ffi.Pointer;

/** What /proc tells of a descriptor, line by line: what the bpf system call does not tell. */
final class FdInfo {
  private static final int BYTES = 2048;

  private final Natives natives;
  private final Handles handles;

  FdInfo(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
  }

  /** Words behind their names; none when /proc does not tell. */
  record Fields(Map<String, String> words) {
    /** 0 without the name. */
    long number(String name) {
      return Long.parseLong(words.getOrDefault(name, "0"));
    }
  }

  Fields of(int descriptor) {
    int file = natives.c().open("/proc/thread-self/fdinfo/" + descriptor, OpenFlags.READ);
    if (file < 0) {
      return new Fields(Map.of());
    }
    try (Descriptor opened = handles.own(file);
        Scratch memory = natives.scratch()) {
      Pointer buffer = memory.zeroed(BYTES);
      long size = natives.c().read(opened.number(), buffer, BYTES);
      byte[] text = new byte[(int) Math.max(0, size)];
      buffer.get(0, text, 0, text.length);
      return new Fields(words(new String(text, StandardCharsets.ISO_8859_1)));
    }
  }

  private static Map<String, String> words(String text) {
    Map<String, String> words = new HashMap<>();
    text.lines()
        .map(line -> line.split(":\\s*", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> words.put(pair[0], pair[1].strip()));
    return words;
  }
}
