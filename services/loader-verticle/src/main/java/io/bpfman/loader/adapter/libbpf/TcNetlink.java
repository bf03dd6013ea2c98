package io.bpfman.loader.adapter.libbpf;

import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/**
 * The part of rtnetlink about qdiscs and filters that libbpf does not offer: is there a clsact
 * qdisc, and which filters hang on it. Works in the calling thread's network namespace. Layouts:
 * struct nlmsghdr (16 bytes, linux/netlink.h), struct tcmsg (20 bytes) and struct rtattr
 * (linux/rtnetlink.h).
 */
final class TcNetlink {
  /** TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS). */
  static final int INGRESS_PARENT = 0xFFFF_FFF2;

  /** TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS). */
  static final int EGRESS_PARENT = 0xFFFF_FFF3;

  private static final int CLSACT_HANDLE = 0xFFFF_0000;
  private static final int CLSACT_PARENT = 0xFFFF_FFF1;
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_NEWTFILTER = 44;
  private static final int RTM_GETTFILTER = 46;
  private static final int NLM_F_REQUEST = 1;
  private static final int NLM_F_ACK = 4;
  private static final int NLM_F_DUMP = 0x300;
  private static final int TCA_KIND = 1;
  private static final int HEADER = 16;
  private static final int TCMSG_END = HEADER + 20;
  private static final int RECEIVE_BYTES = 64 << 10;

  /** One filter. */
  record Filter(int priority, long handle) {}

  /** What sits at the ingress hook of an interface. */
  enum Qdisc {
    NONE,
    CLSACT,
    FOREIGN
  }

  private final Natives natives;

  TcNetlink(Natives natives) {
    this.natives = natives;
  }

  /** Asks to change nothing in a qdisc of kind clsact; the kernel's answer tells what is there. */
  Qdisc qdisc(int interfaceIndex) {
    try (Scratch memory = natives.scratch()) {
      byte[] kind = "clsact\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      int size = TCMSG_END + 12;
      Pointer message = request(memory, size, RTM_NEWQDISC, NLM_F_REQUEST | NLM_F_ACK);
      message.putInt(HEADER + 4, interfaceIndex);
      message.putInt(HEADER + 8, CLSACT_HANDLE);
      message.putInt(HEADER + 12, CLSACT_PARENT);
      message.putShort(TCMSG_END, (short) (4 + kind.length));
      message.putShort(TCMSG_END + 2, (short) TCA_KIND);
      message.put(TCMSG_END + 4, kind, 0, kind.length);
      int errno = exchange(memory, message, size, new ArrayList<>());
      return switch (errno) {
        case 0 -> Qdisc.CLSACT;
        case Errno.ENOENT -> Qdisc.NONE;
        case Errno.EINVAL -> Qdisc.FOREIGN;
        default ->
            throw KernelErrors.refused("read the qdisc of interface " + interfaceIndex, errno);
      };
    }
  }

  /** Filters of one direction, in the kernel's order; empty without a qdisc. */
  List<Filter> filters(int interfaceIndex, int parent) {
    try (Scratch memory = natives.scratch()) {
      Pointer message = request(memory, TCMSG_END, RTM_GETTFILTER, NLM_F_REQUEST | NLM_F_DUMP);
      message.putInt(HEADER + 4, interfaceIndex);
      message.putInt(HEADER + 12, parent);
      List<Filter> filters = new ArrayList<>();
      int errno = exchange(memory, message, TCMSG_END, filters);
      if (errno != 0 && errno != Errno.EINVAL && errno != Errno.ENODEV) {
        throw KernelErrors.refused("list the filters of interface " + interfaceIndex, errno);
      }
      return filters;
    }
  }

  private static Pointer request(Scratch memory, int size, int type, int flags) {
    Pointer message = memory.zeroed(size);
    message.putInt(0, size);
    message.putShort(4, (short) type);
    message.putShort(6, (short) flags);
    message.putInt(8, 1);
    return message;
  }

  /**
   * 0, or the errno that the kernel answered. The kernel answers within send(2), so nothing here
   * waits.
   */
  private int exchange(Scratch memory, Pointer message, int size, List<Filter> found) {
    int number = natives.c().socket(AF_NETLINK, SOCK_RAW_CLOEXEC, 0);
    if (number < 0) {
      return natives.errno();
    }
    try (Descriptor socket = new Descriptor(natives.c(), number)) {
      if (natives.c().send(socket.number(), message, size, 0) < 0) {
        return natives.errno();
      }
      Pointer buffer = memory.zeroed(RECEIVE_BYTES);
      while (true) {
        long received = natives.c().recv(socket.number(), buffer, RECEIVE_BYTES, MSG_DONTWAIT);
        if (received <= 0) {
          return received < 0 ? natives.errno() : 0;
        }
        int result = parse(buffer, (int) received, found);
        if (result >= 0) {
          return result;
        }
      }
    }
  }

  /** -1 while more is to come, else 0 or an errno. */
  private static int parse(Pointer buffer, int received, List<Filter> found) {
    int at = 0;
    while (at + HEADER <= received) {
      int type = buffer.getShort(at + 4L);
      switch (type) {
        case NLMSG_ERROR -> {
          return -buffer.getInt(at + (long) HEADER);
        }
        case NLMSG_DONE -> {
          return 0;
        }
        case RTM_NEWTFILTER -> add(buffer, at, found);
        default -> {}
      }
      at += (buffer.getInt(at) + 3) & ~3;
    }
    return -1;
  }

  /** An entry with handle 0 stands for the priority itself. */
  private static void add(Pointer buffer, int at, List<Filter> found) {
    long handle = Integer.toUnsignedLong(buffer.getInt(at + HEADER + 8L));
    if (handle != 0) {
      found.add(new Filter(buffer.getInt(at + HEADER + 16L) >>> 16, handle));
    }
  }
}
