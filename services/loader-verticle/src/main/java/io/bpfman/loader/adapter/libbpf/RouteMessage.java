package io.bpfman.loader.adapter.libbpf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/**
 * Messages of rtnetlink(7) about interfaces and filters. Layouts: struct nlmsghdr (16 bytes,
 * linux/netlink.h), struct ifinfomsg (16 bytes) and struct rtattr (linux/rtnetlink.h).
 */
sealed interface RouteMessage {

  /** RTM_NEWLINK: an interface as it is now. */
  record Seen(InterfaceTable.Facts facts) implements RouteMessage {}

  /** RTM_DELLINK. */
  record Gone(int index) implements RouteMessage {}

  /** RTM_DELTFILTER or RTM_DELQDISC. */
  record FilterGone() implements RouteMessage {}

  /** NLMSG_DONE or NLMSG_ERROR: nothing more belongs to the answer. */
  record End(int errno) implements RouteMessage {}

  int HEADER = 16;
  int INFO = 16;
  int NLMSG_ERROR = 2;
  int NLMSG_DONE = 3;
  int RTM_NEWLINK = 16;
  int RTM_DELLINK = 17;
  int RTM_GETLINK = 18;
  int RTM_DELQDISC = 37;
  int RTM_DELTFILTER = 45;
  int IFLA_IFNAME = 3;
  int IFLA_ALT_IFNAME = 53;

  /** Set up by the administrator, and with carrier. */
  int IFF_UP_AND_RUNNING = 0x1 | 0x40;

  /** Those of one datagram that are known here, in order. */
  static List<RouteMessage> parse(Pointer buffer, int received) {
    List<RouteMessage> messages = new ArrayList<>();
    int at = 0;
    while (at + HEADER <= received) {
      int length = buffer.getInt(at);
      if (length < HEADER || at + length > received) {
        break;
      }
      add(messages, buffer, at, at + length);
      at += align(length);
    }
    return messages;
  }

  private static void add(List<RouteMessage> messages, Pointer buffer, int at, int end) {
    switch (buffer.getShort(at + 4L)) {
      case NLMSG_ERROR -> messages.add(new End(-buffer.getInt(at + (long) HEADER)));
      case NLMSG_DONE -> messages.add(new End(0));
      case RTM_NEWLINK -> addSeen(messages, buffer, at + HEADER, end);
      case RTM_DELLINK -> addGone(messages, buffer, at + HEADER, end);
      case RTM_DELTFILTER, RTM_DELQDISC -> messages.add(new FilterGone());
      default -> {}
    }
  }

  /** Another family than AF_UNSPEC tells of a bridge's port, not of the interface. */
  private static boolean isInterface(Pointer buffer, int info, int end) {
    return info + INFO <= end && buffer.getByte(info) == 0;
  }

  private static void addGone(List<RouteMessage> messages, Pointer buffer, int info, int end) {
    if (isInterface(buffer, info, end)) {
      messages.add(new Gone(buffer.getInt(info + 4L)));
    }
  }

  private static void addSeen(List<RouteMessage> messages, Pointer buffer, int info, int end) {
    String name = isInterface(buffer, info, end) ? name(buffer, info + INFO, end) : "";
    if (!name.isEmpty()) {
      boolean up = (buffer.getInt(info + 8L) & IFF_UP_AND_RUNNING) == IFF_UP_AND_RUNNING;
      messages.add(new Seen(new InterfaceTable.Facts(buffer.getInt(info + 4L), name, up)));
    }
  }

  /** Empty when there is none. */
  private static String name(Pointer buffer, int from, int end) {
    int at = from;
    while (at + 4 <= end) {
      int length = Short.toUnsignedInt(buffer.getShort(at));
      if (length < 4 || at + length > end) {
        return "";
      }
      if (buffer.getShort(at + 2L) == IFLA_IFNAME) {
        byte[] name = new byte[Math.max(0, length - 5)];
        buffer.get(at + 4L, name, 0, name.length);
        return new String(name, StandardCharsets.UTF_8);
      }
      at += align(length);
    }
    return "";
  }

  static int align(int length) {
    return (length + 3) & ~3;
  }
}
