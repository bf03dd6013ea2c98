package io.bpfman.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Resident memory of a process, in MB of 2^20 bytes.
 *
 * @param pss its share, with pages of files split among those that map them
 * @param anonymous the part of it that no file backs
 */
public record Memory(double pss, double anonymous) {
  private static final double KB_PER_MB = 1024;

  /** Reads /proc/PID/smaps_rollup. */
  public static Memory of(long process) throws IOException {
    Path file = Path.of("/proc", Long.toString(process), "smaps_rollup");
    double pss = 0;
    double anonymous = 0;
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split("\\s+");
      switch (words[0]) {
        case "Pss:" -> pss = Long.parseLong(words[1]) / KB_PER_MB;
        case "Pss_Anon:" -> anonymous = Long.parseLong(words[1]) / KB_PER_MB;
        default -> {}
      }
    }
    return new Memory(pss, anonymous);
  }

  @Override
  public String toString() {
    return "%.0f MB, of it anonymous %.0f MB".formatted(pss, anonymous);
  }
}
