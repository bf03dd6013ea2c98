package io.bpfman.loader.adapter.libbpf;

import java.nio.charset.StandardCharsets;
import jnr.ffi.Pointer;

/** Names in what the kernel tells of its objects. */
final class InfoText {
  private InfoText() {}

  /** Up to the first NUL. */
  static String at(Pointer info, long offset, int room) {
    byte[] bytes = new byte[room];
    info.get(offset, bytes, 0, room);
    String all = new String(bytes, StandardCharsets.UTF_8);
    int end = all.indexOf('\0');
    return end < 0 ? all : all.substring(0, end);
  }
}
