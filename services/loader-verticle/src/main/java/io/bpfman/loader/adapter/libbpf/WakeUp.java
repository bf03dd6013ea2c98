package io.bpfman.loader.adapter.libbpf;

import jnr.ffi.Pointer;

/** Ends another thread's poll(2), by eventfd(2). Any thread. */
final class WakeUp implements AutoCloseable {
  /** EFD_NONBLOCK and EFD_CLOEXEC. */
  private static final int FLAGS = 0x800 | 0x80000;

  private final Natives natives;
  private final Descriptor counter;
  private boolean closed;

  WakeUp(Natives natives) {
    this.natives = natives;
    int number = natives.c().eventfd(0, FLAGS);
    if (number < 0) {
      throw KernelErrors.refused("make an eventfd", natives.errno());
    }
    this.counter = new Descriptor(natives.c(), number);
  }

  int descriptor() {
    return counter.number();
  }

  /** Nothing after closing. */
  synchronized void wake() {
    if (!closed) {
      try (Scratch memory = natives.scratch()) {
        Pointer one = memory.zeroed(Long.BYTES);
        one.putLong(0, 1);
        natives.c().write(counter.number(), one, Long.BYTES);
      }
    }
  }

  void clear() {
    try (Scratch memory = natives.scratch()) {
      natives.c().read(counter.number(), memory.zeroed(Long.BYTES), Long.BYTES);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    counter.close();
  }
}
