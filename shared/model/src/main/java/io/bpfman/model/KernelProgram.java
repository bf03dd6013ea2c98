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
    long verifiedInstructions) {
  public KernelProgram {
    mapIds = List.copyOf(mapIds);
  }
}
