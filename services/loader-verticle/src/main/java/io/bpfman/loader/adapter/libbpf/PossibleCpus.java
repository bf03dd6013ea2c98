package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPUs that the kernel keeps a value for in per-CPU maps. */
final class PossibleCpus {
  private static final Path FILE = Path.of("/sys/devices/system/cpu/possible");

  private PossibleCpus() {}

  static int count() {
    try {
      return count(Files.readString(FILE));
    } catch (IOException unreadable) {
      throw FailureCode.INTERNAL.because(
          "the number of CPUs cannot be read from " + FILE, "mount /sys", unreadable);
    }
  }

  /** The highest possible CPU plus one, from text like {@code 0-3,8}. */
  static int count(String possible) {
    int highest = 0;
    for (String part : possible.strip().split("[,-]", -1)) {
      highest = Math.max(highest, Integer.parseInt(part));
    }
    return highest + 1;
  }
}
