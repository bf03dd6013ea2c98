package io.bpfman.demo;

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

  /** What the control plane's script needs besides. */
  private static final Map<String, String> KUBE_PROGRAMS =
      Map.of("openssl", "openssl", "ss", "iproute2");

  private static final Path HELPERS = Path.of("/usr/include/bpf/bpf_helpers.h");

  private Requirements() {}

  /**
   * START_REFUSED naming everything that is missing.
   *
   * @param options say what is needed besides the usual
   */
  static void check(RunOptions options) throws IOException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw FailureCode.START_REFUSED.because(
          "bpfman-demo needs root, to load programs and make network namespaces", "use sudo");
    }
    TreeSet<String> packages = new TreeSet<>();
    addMissing(PROGRAMS, packages);
    if (options.kube()) {
      addMissing(KUBE_PROGRAMS, packages);
      checkFiles(options);
    }
    if (!Files.exists(HELPERS)) {
      packages.add("libbpf-dev");
    }
    if (!packages.isEmpty()) {
      throw FailureCode.START_REFUSED.because(
          "this host lacks " + String.join(", ", packages),
          "apt-get install " + String.join(" ", packages));
    }
  }

  private static void addMissing(Map<String, String> programs, TreeSet<String> packages) {
    programs.forEach(
        (program, owner) -> {
          if (!Shell.has(program)) {
            packages.add(owner);
          }
        });
  }

  private static void checkFiles(RunOptions options) {
    if (!Files.isExecutable(options.controlPlane()) || !Files.isDirectory(options.crds())) {
      throw FailureCode.START_REFUSED.because(
          "--kube needs the script %s and the directory %s, and one is missing"
              .formatted(options.controlPlane(), options.crds()),
          "start it in the directory of the sources, or name them with --control-plane and --crds");
    }
  }
}
