package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import io.bpfman.model.NetworkHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Interfaces of the calling thread's network namespace. */
final class Interfaces {
  private static final Path NAMES = Path.of("/proc/thread-self/net/dev");
  private static final int HEADER_LINES = 2;

  private static final Path NAMESPACE = Path.of("/proc/thread-self/ns/net");

  private final LibC c;

  Interfaces(LibC c) {
    this.c = c;
  }

  /** INTERFACE_NOT_FOUND lists those that exist. */
  int index(NetworkHook hook) {
    return find(hook)
        .orElseThrow(
            () ->
                FailureCode.INTERFACE_NOT_FOUND.because(
                    "interface \"%s\" does not exist in %s; existing: %s"
                        .formatted(
                            hook.interfaceName(),
                            hook.netns() == null
                                ? "the daemon's network namespace"
                                : "netns " + hook.netns(),
                            NearNames.list(names()))));
  }

  OptionalInt find(NetworkHook hook) {
    int index = c.if_nametoindex(hook.interfaceName());
    return index == 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Inode of the calling thread's network namespace. */
  static long namespace() {
    try {
      return (Long) Files.getAttribute(NAMESPACE, "unix:ino");
    } catch (IOException unreadable) {
      throw FailureCode.INTERNAL.because(
          "the network namespace cannot be told from " + NAMESPACE, "mount /proc", unreadable);
    }
  }

  private static List<String> names() {
    try {
      return Files.readAllLines(NAMES).stream()
          .skip(HEADER_LINES)
          .map(line -> line.substring(0, line.indexOf(':')).strip())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw FailureCode.INTERNAL.because(
          "the interfaces cannot be listed from " + NAMES, "mount /proc", unreadable);
    }
  }
}
