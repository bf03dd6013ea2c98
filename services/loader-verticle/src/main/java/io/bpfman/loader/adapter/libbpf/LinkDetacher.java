package io.bpfman.loader.adapter.libbpf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import jnr.ffi.Pointer;

/** Takes pinned links off their hooks. Thread-safe. */
final class LinkDetacher {
  private static final long FIRST_PARK_NANOS = 100_000;
  private static final long LONGEST_PARK_NANOS = 5_000_000;

  /** What the kernel says of kinds of links that it cannot detach by force, by version. */
  private static final Set<Integer> UNFORCEABLE = Set.of(Errno.EOPNOTSUPP, Errno.EINVAL);

  private final Natives natives;
  private final Handles handles;

  LinkDetacher(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
  }

  /**
   * A missing pin is success. Links that cannot be detached by force (perf events) go when the last
   * reference does, which is here.
   */
  void detach(Path pin) {
    handles
        .openPin(pin)
        .ifPresent(
            opened -> {
              try (Descriptor link = opened) {
                force(link, pin);
                unlink(pin);
              }
            });
  }

  private void force(Descriptor link, Path pin) {
    int result = natives.bpf().bpf_link_detach(link.number());
    if (result < 0 && !UNFORCEABLE.contains(-result)) {
      throw KernelErrors.refused("take the link pinned at %s off".formatted(pin), -result);
    }
  }

  private void unlink(Path pin) {
    if (natives.c().unlink(pin.toString()) < 0 && natives.errno() != Errno.ENOENT) {
      throw KernelErrors.refused("remove the pin " + pin, natives.errno());
    }
  }

  /** Looks again after pauses that grow from 0.1 to 5 ms. */
  boolean awaitGone(long kernelLinkId, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    long park = FIRST_PARK_NANOS;
    while (exists(kernelLinkId)) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(this, park);
      park = Math.min(LONGEST_PARK_NANOS, park * 2);
    }
    return true;
  }

  /** Asks for the next id after the one before, which takes no reference on the link. */
  private boolean exists(long id) {
    if (id == 0) {
      return false;
    }
    try (Scratch memory = natives.scratch()) {
      Pointer next = memory.zeroed(Integer.BYTES);
      int result = natives.bpf().bpf_link_get_next_id((int) (id - 1), next);
      if (result < 0 && result != -Errno.ENOENT) {
        throw KernelErrors.refused("look for link " + id, -result);
      }
      return result == 0 && Integer.toUnsignedLong(next.getInt(0)) == id;
    }
  }
}
