package io.bpfman.model;

import java.time.Instant;
import java.util.List;

/**
 * What the kernel says of a program (struct bpf_prog_info of linux/bpf.h).
 *
 * @param name cut to 15 bytes by the kernel
 * @param type bpf_prog_type
 * @param tag 16 hexadecimal digits
 * @param btfId 0 when it has none
 * @param bytesXlated bytes after verification
 * @param bytesJited bytes of machine code; 0 when it was not compiled
 * @param bytesMemlock locked memory in bytes
 * @param uid user who loaded it
 * @param runs counted while somebody had counting on
 */
public record KernelProgram(
    ProgramId id,
    String name,
    int type,
    Instant loadedAt,
    String tag,
    boolean gplCompatible,
    List<Long> mapIds,
    long btfId,
    long bytesXlated,
    long bytesJited,
    long bytesMemlock,
    long verifiedInstructions,
    long uid,
    Runs runs) {

  /**
   * Run counters since it was loaded.
   *
   * @param nanoseconds of the counted runs
   * @param count of runs
   * @param misses runs that the kernel left out because the program was running already
   */
  public record Runs(long nanoseconds, long count, long misses) {
    /** Nothing counted yet. */
    public static final Runs NONE = new Runs(0, 0, 0);
  }

  public KernelProgram {
    mapIds = List.copyOf(mapIds);
  }
}
