package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import io.bpfman.model.NetworkHook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jnr.ffi.Pointer;

/** Interfaces of the calling thread's network namespace. */
final class Interfaces {
  private static final Path NAMES = Path.of("/proc/thread-self/net/dev");
  private static final int HEADER_LINES = 2;

  /** IF_NAMESIZE of net/if.h: longer names can only be alternative ones. */
  private static final int NAME_BYTES = 16;

  private static final int ADDRESS_FAMILY_INET = 2;
  private static final int SOCKET_DATAGRAM = 2;
  private static final int CLOSE_ON_EXEC = 0x80000;

  /** linux/sockios.h. */
  private static final long SIOCGIFMTU = 0x8921;

  /** struct ifreq of linux/if.h: a name, then the answer. */
  private static final int IFREQ_BYTES = 40;

  private static final Set<Integer> NONE = Set.of(Errno.ENODEV, Errno.ENXIO);

  private final Natives natives;
  private final RouteSocket routes;

  Interfaces(Natives natives) {
    this.natives = natives;
    this.routes = new RouteSocket(natives);
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

  /** Empty only when no interface has the name; KERNEL_REFUSED when that cannot be told. */
  OptionalInt find(NetworkHook hook) {
    String name = hook.interfaceName();
    if (name.getBytes(StandardCharsets.UTF_8).length >= NAME_BYTES) {
      return routes.index(name);
    }
    int index = natives.c().if_nametoindex(name);
    if (index == 0) {
      requireNone("find interface " + hook, natives.errno());
      return OptionalInt.empty();
    }
    return OptionalInt.of(index);
  }

  /** Bytes of the largest packet; 0 when the interface is gone. */
  int mtu(NetworkHook hook) {
    OptionalInt index = find(hook);
    return index.isPresent() ? name(index.getAsInt()).map(this::mtu).orElse(0) : 0;
  }

  private int mtu(String name) {
    int number = natives.c().socket(ADDRESS_FAMILY_INET, SOCKET_DATAGRAM | CLOSE_ON_EXEC, 0);
    if (number < 0) {
      throw KernelErrors.refused("ask for the MTU of " + name, natives.errno());
    }
    try (Descriptor socket = new Descriptor(natives.c(), number);
        Scratch memory = natives.scratch()) {
      Pointer request = memory.zeroed(IFREQ_BYTES);
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      request.put(0, bytes, 0, Math.min(bytes.length, NAME_BYTES - 1));
      return natives.c().ioctl(socket.number(), SIOCGIFMTU, request) < 0
          ? 0
          : request.getInt(NAME_BYTES);
    }
  }

  /** Empty only when no interface has the index; KERNEL_REFUSED when that cannot be told. */
  Optional<String> name(int index) {
    try (Scratch memory = natives.scratch()) {
      Pointer name = memory.zeroed(NAME_BYTES);
      if (natives.c().if_indextoname(index, name) == null) {
        requireNone("find the name of interface " + index, natives.errno());
        return Optional.empty();
      }
      return Optional.of(name.getString(0));
    }
  }

  /**
   * The same as people asked for it: an interface has alternative names, too, which are as good as
   * its own while they lead to it.
   */
  Optional<String> name(int index, NetworkHook asked) {
    Optional<String> name = name(index);
    boolean other = name.filter(own -> !own.equals(asked.interfaceName())).isPresent();
    return other && find(asked).equals(OptionalInt.of(index))
        ? Optional.of(asked.interfaceName())
        : name;
  }

  private static void requireNone(String action, int errno) {
    if (!NONE.contains(errno)) {
      throw KernelErrors.refused(action, errno);
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
