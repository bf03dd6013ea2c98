package io.bpfman.loader.adapter.libbpf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import jnr.ffi.Pointer;

/**
 * Sockets of rtnetlink(7), each in the network namespace of the thread that opened it. Such a
 * socket keeps its namespace alive.
 */
final class RouteSocket {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int ADDRESS_BYTES = 12;
  private static final int RTMGRP_LINK = 1;
  private static final int RTMGRP_TC = 8;
  private static final int NLM_F_REQUEST = 1;
  private static final int NLM_F_DUMP = 0x300;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int RECEIVE_BYTES = 64 << 10;

  /** ALTIFNAMSIZ of linux/if.h, the terminating zero included. */
  private static final int ALTERNATIVE_NAME_BYTES = 128;

  private static final int ATTRIBUTE_HEADER = 4;

  private static final Set<Integer> NONE = Set.of(Errno.ENODEV, Errno.EINVAL);

  private final Natives natives;

  RouteSocket(Natives natives) {
    this.natives = natives;
  }

  /** Hears of every interface, filter and qdisc of the namespace from now on. */
  Descriptor listening() {
    Descriptor socket = open();
    try (Scratch memory = natives.scratch()) {
      Pointer address = memory.zeroed(ADDRESS_BYTES);
      address.putShort(0, (short) AF_NETLINK);
      address.putInt(8, RTMGRP_LINK | RTMGRP_TC);
      if (natives.c().bind(socket.number(), address, ADDRESS_BYTES) < 0) {
        int errno = natives.errno();
        socket.close();
        throw KernelErrors.refused("listen for changes of network interfaces", errno);
      }
      return socket;
    }
  }

  private Descriptor open() {
    int number = natives.c().socket(AF_NETLINK, SOCK_RAW_CLOEXEC, 0);
    if (number < 0) {
      throw KernelErrors.refused("open a netlink socket", natives.errno());
    }
    return new Descriptor(natives.c(), number);
  }

  /** All interfaces of the calling thread's namespace. */
  List<InterfaceTable.Facts> interfaces() {
    try (Descriptor socket = open();
        Scratch memory = natives.scratch()) {
      int size = RouteMessage.HEADER + RouteMessage.INFO;
      Pointer request = request(memory, size, NLM_F_REQUEST | NLM_F_DUMP);
      send(socket, request, size, "list the network interfaces");
      return answer(socket, memory);
    }
  }

  /**
   * Of the interface of the calling thread's namespace that has this alternative name, which may be
   * longer than what ioctl(2) takes. Linux 5.5 has them; KERNEL_REFUSED when it cannot be told.
   */
  OptionalInt index(String alternativeName) {
    byte[] name = alternativeName.getBytes(StandardCharsets.UTF_8);
    if (name.length >= ALTERNATIVE_NAME_BYTES) {
      return OptionalInt.empty();
    }
    try (Descriptor socket = open();
        Scratch memory = natives.scratch()) {
      int attribute = ATTRIBUTE_HEADER + name.length + 1;
      int size = RouteMessage.HEADER + RouteMessage.INFO + RouteMessage.align(attribute);
      Pointer request = request(memory, size, NLM_F_REQUEST);
      long at = RouteMessage.HEADER + (long) RouteMessage.INFO;
      request.putShort(at, (short) attribute);
      request.putShort(at + 2, (short) RouteMessage.IFLA_ALT_IFNAME);
      request.put(at + ATTRIBUTE_HEADER, name, 0, name.length);
      String action = "find interface " + alternativeName;
      send(socket, request, size, action);
      return index(receive(socket, memory.zeroed(RECEIVE_BYTES)), action);
    }
  }

  /** A kernel without alternative names takes the request for one without a name (EINVAL). */
  private static OptionalInt index(List<RouteMessage> answer, String action) {
    for (RouteMessage message : answer) {
      if (message instanceof RouteMessage.Seen seen) {
        return OptionalInt.of(seen.facts().index());
      }
      if (message instanceof RouteMessage.End end && !NONE.contains(end.errno())) {
        throw KernelErrors.refused(action, end.errno());
      }
    }
    return OptionalInt.empty();
  }

  private static Pointer request(Scratch memory, int size, int flags) {
    Pointer request = memory.zeroed(size);
    request.putInt(0, size);
    request.putShort(4, (short) RouteMessage.RTM_GETLINK);
    request.putShort(6, (short) flags);
    request.putInt(8, 1);
    return request;
  }

  private void send(Descriptor socket, Pointer request, int size, String action) {
    if (natives.c().send(socket.number(), request, size, 0) < 0) {
      throw KernelErrors.refused(action, natives.errno());
    }
  }

  private List<InterfaceTable.Facts> answer(Descriptor socket, Scratch memory) {
    List<InterfaceTable.Facts> all = new ArrayList<>();
    Pointer buffer = memory.zeroed(RECEIVE_BYTES);
    while (true) {
      for (RouteMessage message : receive(socket, buffer)) {
        if (message instanceof RouteMessage.Seen seen) {
          all.add(seen.facts());
        } else if (message instanceof RouteMessage.End end) {
          if (end.errno() != 0) {
            throw KernelErrors.refused("list the network interfaces", end.errno());
          }
          return all;
        }
      }
    }
  }

  /** The kernel answers a request within send(2) and recv(2), so nothing here waits. */
  private List<RouteMessage> receive(Descriptor socket, Pointer buffer) {
    long received = natives.c().recv(socket.number(), buffer, RECEIVE_BYTES, MSG_DONTWAIT);
    if (received <= 0) {
      throw KernelErrors.refused("list the network interfaces", natives.errno());
    }
    return RouteMessage.parse(buffer, (int) received);
  }

  /**
   * What has come.
   *
   * @param lost whether the kernel had to drop messages, because they were not read fast enough
   */
  record Heard(List<RouteMessage> messages, boolean lost) {}

  /** Everything that has come to a listening socket; does not wait. */
  Heard drain(Descriptor socket) {
    List<RouteMessage> messages = new ArrayList<>();
    try (Scratch memory = natives.scratch()) {
      Pointer buffer = memory.zeroed(RECEIVE_BYTES);
      while (true) {
        long received = natives.c().recv(socket.number(), buffer, RECEIVE_BYTES, MSG_DONTWAIT);
        if (received < 0) {
          int errno = natives.errno();
          if (errno == Errno.EAGAIN) {
            return new Heard(messages, false);
          }
          if (errno == Errno.ENOBUFS) {
            return new Heard(messages, true);
          }
          throw KernelErrors.refused("hear of changes of network interfaces", errno);
        }
        messages.addAll(RouteMessage.parse(buffer, (int) received));
      }
    }
  }
}
