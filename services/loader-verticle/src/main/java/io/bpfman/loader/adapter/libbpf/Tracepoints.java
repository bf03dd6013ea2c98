package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tracepoint ids from tracefs, which is mounted when it is absent. */
final class Tracepoints {
  private static final Path TRACING = Path.of("/sys/kernel/tracing");
  private static final Path DEBUG = Path.of("/sys/kernel/debug/tracing");
  private static final int SUGGESTIONS = 3;

  private Tracepoints() {}

  /** TRACEPOINT_NOT_FOUND with the nearest names. */
  static long id(LibC c, AttachSpec.Tracepoint spec) {
    Path root = root(c);
    Path id = root.resolve("events").resolve(spec.group()).resolve(spec.name()).resolve("id");
    if (!isName(spec.group()) || !isName(spec.name()) || !Files.exists(id)) {
      throw unknown(root, spec);
    }
    try {
      return Long.parseLong(Files.readString(id).strip());
    } catch (IOException | NumberFormatException unreadable) {
      throw FailureCode.KERNEL_REFUSED.because(
          "tracepoint %s cannot be read from %s".formatted(spec.attachPoint(), id),
          KernelErrors.permissionHint(),
          unreadable);
    }
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && !text.contains("/") && !text.startsWith(".");
  }

  private static Path root(LibC c) {
    if (Files.exists(TRACING.resolve("events"))) {
      return TRACING;
    }
    if (Files.exists(DEBUG.resolve("events"))) {
      return DEBUG;
    }
    c.mount("tracefs", TRACING.toString(), "tracefs", 0, null);
    if (!Files.exists(TRACING.resolve("events"))) {
      throw FailureCode.KERNEL_UNSUPPORTED.because(
          "tracepoints are not reachable: tracefs is not mounted at %s and cannot be mounted"
              .formatted(TRACING),
          "mount it: mount -t tracefs tracefs " + TRACING);
    }
    return TRACING;
  }

  private static BpfmanException unknown(Path root, AttachSpec.Tracepoint spec) {
    List<String> near = near(spec, names(root));
    return FailureCode.TRACEPOINT_NOT_FOUND.because(
        "tracepoint \"%s\" does not exist; nearest: %s"
            .formatted(spec.attachPoint(), NearNames.list(near)),
        "all are listed in " + root.resolve("available_events"));
  }

  /**
   * At most three, nearest first: of the group when there is one of that name, else of all.
   *
   * @param all as {@code group/name}
   */
  static List<String> near(AttachSpec.Tracepoint wanted, List<String> all) {
    String group = wanted.group() + "/";
    List<String> siblings = all.stream().filter(name -> name.startsWith(group)).toList();
    return NearNames.of(wanted.attachPoint(), siblings.isEmpty() ? all : siblings, SUGGESTIONS);
  }

  private static List<String> names(Path root) {
    try (Stream<String> lines = Files.lines(root.resolve("available_events"))) {
      return lines.map(line -> line.replace(':', '/')).toList();
    } catch (IOException unreadable) {
      throw FailureCode.KERNEL_REFUSED.because(
          "tracepoints cannot be listed from " + root, KernelErrors.permissionHint(), unreadable);
    }
  }
}
