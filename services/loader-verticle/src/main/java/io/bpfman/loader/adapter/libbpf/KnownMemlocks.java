package io.bpfman.loader.adapter.libbpf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the kernel accounts to programs, in bytes. It is only told by a file in /proc, which costs
 * more than everything else about a program together, and never changes while the program lives.
 * Thread-safe.
 */
final class KnownMemlocks {
  /** Programs remembered, those asked for last; more than a busy node has. */
  private static final int KEPT = 4096;

  /** Ids begin again at some time, but not within the same nanosecond. */
  private record Program(long id, long loadTime) {}

  private final Map<Program, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Program, Long> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param loadTime of the program, in nanoseconds since boot
   * @param read asks the kernel
   */
  long of(long id, long loadTime, LongSupplier read) {
    Program program = new Program(id, loadTime);
    synchronized (known) {
      Long bytes = known.get(program);
      if (bytes != null) {
        return bytes;
      }
    }
    long bytes = read.getAsLong();
    synchronized (known) {
      known.put(program, bytes);
    }
    return bytes;
  }
}
