package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.KernelListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of files that vanish, by inotify(7), which works on a bpffs as anywhere: the notices come
 * from the kernel's file layer. Does not keep the file system from being unmounted. One thread.
 */
final class PinNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PinNotices.class);

  /** IN_NONBLOCK and IN_CLOEXEC. */
  private static final int FLAGS = 0x800 | 0x80000;

  /** IN_MOVED_FROM and IN_DELETE. */
  private static final int VANISHED = 0x40 | 0x200;

  private static final int HEADER = 16;
  private static final int RECEIVE_BYTES = 16 << 10;

  private final Natives natives;
  private final Descriptor notices;
  private final Map<Integer, Path> directories = new HashMap<>();

  private PinNotices(Natives natives, Descriptor notices) {
    this.natives = natives;
    this.notices = notices;
  }

  /** Without inotify, of which a user may have few, removed files are found at ticks only. */
  static PinNotices open(Natives natives, List<Path> directories) {
    int number = natives.c().inotify_init1(FLAGS);
    if (number < 0) {
      LOG.warn(
          "removed pins will be noticed late, because inotify is refused: {}",
          Errno.describe(natives.errno()));
    }
    PinNotices notices = new PinNotices(natives, new Descriptor(natives.c(), number));
    if (number >= 0) {
      directories.forEach(notices::add);
    }
    return notices;
  }

  private void add(Path directory) {
    int watch = natives.c().inotify_add_watch(notices.number(), directory.toString(), VANISHED);
    if (watch < 0) {
      LOG.warn(
          "pins removed from {} will be noticed late: {}",
          directory,
          Errno.describe(natives.errno()));
    } else {
      directories.put(watch, directory);
    }
  }

  /** Negative, which poll(2) ignores, without inotify. */
  int descriptor() {
    return notices.number();
  }

  /** Tells what has come. Does not wait. */
  void read(KernelListener listener) {
    try (Scratch memory = natives.scratch()) {
      Pointer buffer = memory.zeroed(RECEIVE_BYTES);
      long received = natives.c().read(notices.number(), buffer, RECEIVE_BYTES);
      long at = 0;
      while (at + HEADER <= received) {
        int length = buffer.getInt(at + 12);
        Path directory = directories.get(buffer.getInt(at));
        if (directory != null && length > 0) {
          listener.removed(directory.resolve(text(buffer, at + HEADER, length)));
        }
        at += HEADER + length;
      }
    }
  }

  /** Ends at the first NUL; the rest is padding. */
  private static String text(Pointer buffer, long at, int length) {
    byte[] name = new byte[length];
    buffer.get(at, name, 0, length);
    int end = 0;
    while (end < length && name[end] != 0) {
      end++;
    }
    return new String(name, 0, end, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    if (notices.number() >= 0) {
      notices.close();
    }
  }
}
