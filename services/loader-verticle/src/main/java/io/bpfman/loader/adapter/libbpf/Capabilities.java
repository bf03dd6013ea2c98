package io.bpfman.loader.adapter.libbpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The process's effective capabilities, by the bit numbers of linux/capability.h. */
final class Capabilities {
  private static final int SYS_ADMIN = 21;
  private static final Map<String, Integer> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("CAP_BPF", 39);
    NEEDED.put("CAP_PERFMON", 38);
    NEEDED.put("CAP_NET_ADMIN", 12);
    NEEDED.put("CAP_SYS_ADMIN", SYS_ADMIN);
  }

  private Capabilities() {}

  /** Names of the needed capabilities that the process lacks; empty when that cannot be read. */
  static List<String> missing() {
    try {
      return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
          .filter(line -> line.startsWith("CapEff:"))
          .findFirst()
          .map(line -> missing(Long.parseUnsignedLong(line.substring(7).trim(), 16)))
          .orElse(List.of());
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** CAP_SYS_ADMIN includes CAP_BPF and CAP_PERFMON. */
  static List<String> missing(long effective) {
    boolean admin = has(effective, SYS_ADMIN);
    List<String> names = new ArrayList<>();
    NEEDED.forEach(
        (name, bit) -> {
          boolean included = admin && bit > SYS_ADMIN;
          if (!included && !has(effective, bit)) {
            names.add(name);
          }
        });
    return names;
  }

  private static boolean has(long set, int bit) {
    return (set >>> bit & 1) == 1;
  }
}
