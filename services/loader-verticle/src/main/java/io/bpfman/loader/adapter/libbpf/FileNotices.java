package io.bpfman.loader.adapter.libbpf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of files in some directories, by inotify(7), which works on a bpffs as anywhere: the
 * notices come from the kernel's file layer. Does not keep a file system from being unmounted. One
 * thread.
 */
final class FileNotices implements AutoCloseable {
  /** IN_MOVED_FROM and IN_DELETE. */
  static final int VANISHED = 0x40 | 0x200;

  /** IN_CLOSE_WRITE, IN_MOVED_TO and IN_CREATE, too. */
  static final int CHANGED = VANISHED | 0x8 | 0x80 | 0x100;

  private static final Logger LOG = LoggerFactory.getLogger(FileNotices.class);

  /** IN_NONBLOCK and IN_CLOEXEC. */
  private static final int FLAGS = 0x800 | 0x80000;

  private static final int HEADER = 16;
  private static final int RECEIVE_BYTES = 16 << 10;

  private final Natives natives;
  private final Descriptor notices;
  private final int mask;
  private final Map<Integer, Path> directories = new HashMap<>();

  /** Directories that cannot be watched are tried once. */
  private final Set<Path> refused = new HashSet<>();

  private FileNotices(Natives natives, Descriptor notices, int mask) {
    this.natives = natives;
    this.notices = notices;
    this.mask = mask;
  }

  /** Without inotify, of which a user may have few, changes are found at ticks only. */
  static FileNotices open(Natives natives, int mask) {
    int number = natives.c().inotify_init1(FLAGS);
    if (number < 0) {
      LOG.warn(
          "changed files will be noticed late, because inotify is refused: {}",
          Errno.describe(natives.errno()));
    }
    return new FileNotices(natives, new Descriptor(natives.c(), number), mask);
  }

  /** Begins and ends to watch, so that these directories are watched. */
  void follow(Set<Path> wanted) {
    if (notices.number() < 0) {
      return;
    }
    for (Map.Entry<Integer, Path> watched : Map.copyOf(directories).entrySet()) {
      if (!wanted.contains(watched.getValue())) {
        directories.remove(watched.getKey());
        natives.c().inotify_rm_watch(notices.number(), watched.getKey());
      }
    }
    refused.retainAll(wanted);
    Set<Path> missing = new HashSet<>(wanted);
    missing.removeAll(directories.values());
    missing.removeAll(refused);
    missing.forEach(this::add);
  }

  private void add(Path directory) {
    int watch = natives.c().inotify_add_watch(notices.number(), directory.toString(), mask);
    if (watch < 0) {
      refused.add(directory);
      LOG.warn(
          "changes in {} will be noticed late: {}", directory, Errno.describe(natives.errno()));
    } else {
      directories.put(watch, directory);
    }
  }

  /** Negative, which poll(2) ignores, without inotify. */
  int descriptor() {
    return notices.number();
  }

  /** Tells which files have changed. Does not wait. */
  void read(Consumer<Path> told) {
    try (Scratch memory = natives.scratch()) {
      Pointer buffer = memory.zeroed(RECEIVE_BYTES);
      long received = natives.c().read(notices.number(), buffer, RECEIVE_BYTES);
      long at = 0;
      while (at + HEADER <= received) {
        int length = buffer.getInt(at + 12);
        Path directory = directories.get(buffer.getInt(at));
        if (directory != null && length > 0) {
          told.accept(directory.resolve(text(buffer, at + HEADER, length)));
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
