package io.bpfman.cli.run;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the host must have. */
final class Requirements {
  /** Program to the Debian package that has it. */
  private static final Map<String, String> PROGRAMS =
      new TreeMap<>(
          Map.of(
              "clang", "clang",
              "ip", "iproute2",
              "nsenter", "util-linux",
              "setsid", "util-linux",
              "bash", "bash",
              "getent", "libc-bin",
              "umount", "mount"));

  private static final Path HELPERS = Path.of("/usr/include/bpf/bpf_helpers.h");

  private Requirements() {}

  /** START_REFUSED naming everything that is missing. */
  static void check() throws IOException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw FailureCode.START_REFUSED.because(
          "bpfman-run needs root, to load programs and make network namespaces", "use sudo");
    }
    TreeSet<String> packages = new TreeSet<>();
    PROGRAMS.forEach(
        (program, owner) -> {
          if (!Shell.has(program)) {
            packages.add(owner);
          }
        });
    if (!Files.exists(HELPERS)) {
      packages.add("libbpf-dev");
    }
    if (!packages.isEmpty()) {
      throw FailureCode.START_REFUSED.because(
          "this host lacks " + String.join(", ", packages),
          "apt-get install " + String.join(" ", packages));
    }
  }
}
