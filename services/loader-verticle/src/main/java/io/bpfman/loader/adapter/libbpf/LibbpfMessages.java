package io.bpfman.loader.adapter.libbpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/**
 * Collects what libbpf says, per thread. libbpf has one print function for the whole process, so it
 * is set only while somebody listens and costs nothing otherwise. Thread-safe.
 */
final class LibbpfMessages {
  private static final int LINE_BYTES = 1024;
  private static final int MAX_LINES = 200;

  /** LIBBPF_WARN. */
  private static final int WARN = 0;

  private static final Map<Thread, Capture> LISTENERS = new ConcurrentHashMap<>();

  /** Held here so that the garbage collector never frees what libbpf calls. */
  private static final LibBpf.PrintCallback[] CALLBACK = new LibBpf.PrintCallback[1];

  private LibbpfMessages() {}

  /** Listens to the calling thread's libbpf calls until closed, which the same thread must do. */
  static synchronized Capture capture(Natives natives) {
    if (CALLBACK[0] == null) {
      CALLBACK[0] = (level, format, arguments) -> print(natives, level, format, arguments);
    }
    Capture capture = new Capture(natives);
    LISTENERS.put(Thread.currentThread(), capture);
    natives.bpf().libbpf_set_print(CALLBACK[0]);
    return capture;
  }

  private static synchronized void release(Natives natives) {
    LISTENERS.remove(Thread.currentThread());
    if (LISTENERS.isEmpty()) {
      natives.bpf().libbpf_set_print(null);
    }
  }

  private static int print(Natives natives, int level, Pointer format, Pointer arguments) {
    Capture listener = LISTENERS.get(Thread.currentThread());
    if (level == WARN && listener != null) {
      Pointer buffer = Memory.allocateDirect(natives.runtime(), LINE_BYTES);
      natives.c().vsnprintf(buffer, LINE_BYTES, format, arguments);
      listener.add(buffer.getString(0));
    }
    return 0;
  }

  /** One thread's messages. */
  static final class Capture implements AutoCloseable {
    private final Natives natives;
    private final List<String> warnings = new ArrayList<>();

    private Capture(Natives natives) {
      this.natives = natives;
    }

    private void add(String text) {
      if (warnings.size() < MAX_LINES) {
        warnings.add(text.strip().replaceFirst("^libbpf: ", ""));
      }
    }

    /** Warnings in the order of their appearance, without the prefix that names libbpf. */
    List<String> warnings() {
      return List.copyOf(warnings);
    }

    @Override
    public void close() {
      release(natives);
    }
  }
}
