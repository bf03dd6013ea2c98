package io.bpfman.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compiles C to BPF objects with clang. */
public final class BpfCompiler {
  private static final String ASM_HEADERS = "/usr/include/x86_64-linux-gnu";

  private BpfCompiler() {}

  /**
   * Compiles a source text.
   *
   * @param directory gets {@code <name>.bpf.c} and {@code <name>.o}; the caller removes it
   * @return the object
   * @throws IllegalStateException with what clang said
   */
  public static Path compile(Path directory, String name, String source) {
    Path file = directory.resolve(name + ".bpf.c");
    try {
      Files.writeString(file, source);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return compile(file, directory.resolve(name + ".o"));
  }

  /**
   * Compiles {@code source} to {@code object}, with debug information, and answers {@code object}.
   */
  public static Path compile(Path source, Path object) {
    Commands.run(
        "clang",
        "-O2",
        "-g",
        "-target",
        "bpf",
        "-I" + ASM_HEADERS,
        "-c",
        source.toString(),
        "-o",
        object.toString());
    return object;
  }
}
