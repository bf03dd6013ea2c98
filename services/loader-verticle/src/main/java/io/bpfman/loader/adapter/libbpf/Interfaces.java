package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import io.bpfman.model.NetworkHook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import jnr.ffi.Pointer;

/** Interfaces of the calling thread's network namespace. */
final class Interfaces {
  private static final Path NAMES = Path.of("/proc/thread-self/net/dev");
  private static final int HEADER_LINES = 2;

  private static final Path NAMESPACE = Path.of("/proc/thread-self/ns/net");

  private static final int ADDRESS_FAMILY_INET = 2;
  private static final int SOCKET_DATAGRAM = 2;
  private static final int CLOSE_ON_EXEC = 0x80000;

  /** linux/sockios.h. */
  private static final long SIOCGIFMTU = 0x8921;

  /** struct ifreq of linux/if.h: a name of 16 bytes, then the answer. */
  private static final int IFREQ_BYTES = 40;

  private static final int IFREQ_NAME = 16;

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

  /** Bytes of the largest packet; 0 when the interface is gone. */
  static int mtu(Natives natives, String name) {
    int number = natives.c().socket(ADDRESS_FAMILY_INET, SOCKET_DATAGRAM | CLOSE_ON_EXEC, 0);
    if (number < 0) {
      throw KernelErrors.refused("ask for the MTU of " + name, natives.errno());
    }
    try (Descriptor socket = new Descriptor(natives.c(), number);
        Scratch memory = natives.scratch()) {
      Pointer request = memory.zeroed(IFREQ_BYTES);
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      request.put(0, bytes, 0, Math.min(bytes.length, IFREQ_NAME - 1));
      return natives.c().ioctl(socket.number(), SIOCGIFMTU, request) < 0
          ? 0
          : request.getInt(IFREQ_NAME);
    }
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
