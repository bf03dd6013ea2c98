package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.NearNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Names of the running kernel's functions, for error messages only. Each call reads the symbol list
 * (about 10 MB) anew.
 */
final class KernelFunctions {
  private static final Path SYMBOLS = Path.of("/proc/kallsyms");
  private static final String HOOK_PREFIX = "bpf_lsm_";
  private static final int SUGGESTIONS = 3;

  /** A mistyped name rarely differs by more letters than this in length. */
  private static final int LENGTH_DIFFERENCE = 2;

  /** Mistakes in the first letters are rare, and comparing with every name would take seconds. */
  private static final int SAME_START = 3;

  private KernelFunctions() {}

  /** At most three, nearest first; empty when none is near or the list cannot be read. */
  static List<String> near(String wanted) {
    String start = wanted.substring(0, Math.min(SAME_START, wanted.length()));
    return NearNames.of(wanted, withPrefix(start, wanted.length()), SUGGESTIONS);
  }

  /** At most three, nearest first; empty when the kernel has no BPF LSM. */
  static List<String> nearHooks(String wanted) {
    return NearNames.of(wanted, hooks(), SUGGESTIONS);
  }

  /** Hooks that LSM programs can be attached to, without their prefix in the kernel. */
  private static List<String> hooks() {
    try (Stream<String> names = functions()) {
      return names
          .filter(name -> name.startsWith(HOOK_PREFIX))
          .map(name -> name.substring(HOOK_PREFIX.length()))
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static List<String> withPrefix(String start, int length) {
    try (Stream<String> names = functions()) {
      return names
          .filter(name -> name.startsWith(start))
          .filter(name -> Math.abs(name.length() - length) <= LENGTH_DIFFERENCE)
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** Lines are "address type name", and "[module]" for those of modules. T and t are functions. */
  private static Stream<String> functions() throws IOException {
    return Files.lines(SYMBOLS)
        .map(line -> line.split("[ \t]", 4))
        .filter(fields -> fields.length >= 3 && fields[1].equalsIgnoreCase("t"))
        .map(fields -> fields[2]);
  }
}
