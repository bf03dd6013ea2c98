package io.bpfman.loader.port;

import java.time.Duration;
import java.util.List;

/** Run counters of programs. Any platform thread, several at once. */
public interface BpfStats {

  /**
   * Lets the kernel count for so long from now; windows that overlap share one switch. Counting
   * costs every program of the host some 20 ns a run, so it ends by itself. KERNEL_REFUSED when the
   * kernel cannot count (before Linux 5.8).
   */
  void countFor(Duration window);

  /** Of every living program of the host, by ascending id. */
  Reading read();

  /**
   * Counters at one moment.
   *
   * @param at nanoseconds of a clock of which only differences mean something
   */
  record Reading(long at, List<Program> programs) {}

  /**
   * One program.
   *
   * @param name cut to 15 bytes by the kernel
   * @param type bpf_prog_type
   * @param runs counted since it was loaded
   * @param nanoseconds of these runs
   * @param memory bytes that the kernel accounts to it
   */
  record Program(long id, String name, int type, long runs, long nanoseconds, long memory) {}
}
