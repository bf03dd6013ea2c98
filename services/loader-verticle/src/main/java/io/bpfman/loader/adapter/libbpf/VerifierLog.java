package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jnr.ffi.Pointer;

/**
 * Log buffers of the programs of one load, 16 MiB each, or 64 MiB in all for more than four. The
 * memory is mapped but untouched unless the verifier refuses: libbpf asks for a log only when it
 * tries a refused program again.
 */
final class VerifierLog implements AutoCloseable {
  private static final long LARGEST = 16L << 20;
  private static final long TOTAL = 64L << 20;
  private static final long SMALLEST = 64L << 10;
  private static final int READ_WRITE = 1 | 2;
  private static final int PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;

  private final Natives natives;
  private final List<ProgramSpec> programs;
  private final long each;
  private final Pointer memory;

  VerifierLog(Natives natives, List<ProgramSpec> programs) {
    this.natives = natives;
    this.programs = programs;
    int count = Math.max(1, programs.size());
    this.each = Math.max(SMALLEST, Math.min(LARGEST, TOTAL / count) & -4096L);
    long address =
        natives.c().mmap(null, each * count, READ_WRITE, PRIVATE_ANONYMOUS_NORESERVE, -1, 0);
    if (address == -1) {
      throw FailureCode.KERNEL_REFUSED.because(
          "no memory for %d verifier logs of %d bytes".formatted(count, each));
    }
    this.memory = Pointer.wrap(natives.runtime(), address, each * count);
  }

  /** Gives {@code program}, the one at {@code index} of the request, its buffer. */
  void attachTo(Pointer program, int index) {
    natives.bpf().bpf_program__set_log_buf(program, memory.slice(index * each, each), each);
  }

  /** The refusal with the name and the log of the program that the verifier spoke about. */
  LoadRefused refusal(int errno) {
    for (int i = 0; i < programs.size(); i++) {
      String text = text(i);
      if (!text.isBlank()) {
        return new LoadRefused(LoadRefused.Stage.LOAD, errno, programs.get(i).name(), text);
      }
    }
    String only = programs.size() == 1 ? programs.getFirst().name() : "";
    return new LoadRefused(LoadRefused.Stage.LOAD, errno, only, "");
  }

  private String text(int index) {
    return memory.getByte(index * each) == 0
        ? ""
        : memory.getString(index * each, (int) each, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    natives.c().munmap(memory.address(), memory.size());
  }
}
