package io.bpfman.loader.port;

import java.nio.file.Path;

/**
 * Reads BPF objects. Any input whatever ends in facts or in a {@link
 * io.bpfman.model.BpfmanException}.
 */
public interface ObjectReader {
  /**
   * BYTECODE_NOT_FOUND when the file is missing or unreadable; BYTECODE_INVALID when it is empty,
   * truncated, over 64 MiB, not ELF, or not for little-endian EM_BPF.
   */
  ObjectFacts read(Path object);
}
