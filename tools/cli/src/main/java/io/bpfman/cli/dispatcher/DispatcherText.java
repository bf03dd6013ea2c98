package io.bpfman.cli.dispatcher;

import io.bpfman.cli.output.Table;
import io.bpfman.cli.output.Tree;
import io.bpfman.proto.x.v1.Dispatcher;
import io.bpfman.proto.x.v1.DispatcherMember;
import java.util.List;

/** Shows dispatchers. */
final class DispatcherText {
  private static final String NONE = "<none>";

  private DispatcherText() {}

  static String table(List<Dispatcher> dispatchers) {
    Table table =
        new Table(
            "TYPE",
            "NSID",
            "IFINDEX",
            "REVISION",
            "PROGRAM ID",
            "KERNEL LINK ID",
            "PRIORITY",
            "HANDLE",
            "MEMBERS",
            "NETNS");
    for (Dispatcher dispatcher : dispatchers) {
      table.row(
          dispatcher.getType(),
          Long.toUnsignedString(dispatcher.getNsid()),
          Integer.toUnsignedString(dispatcher.getIfindex()),
          Integer.toUnsignedString(dispatcher.getRevision()),
          orNone(dispatcher.getProgramId()),
          orNone(dispatcher.getKernelLinkId()),
          orNone(dispatcher.getPriority()),
          handle(dispatcher),
          Integer.toString(dispatcher.getMembersCount()),
          dispatcher.getNetns().isEmpty() ? NONE : dispatcher.getNetns());
    }
    return table.text();
  }

  /** The detail view. */
  static String text(Dispatcher dispatcher) {
    Tree members = new Tree();
    dispatcher
        .getMembersList()
        .forEach(
            member -> members.field(Integer.toUnsignedString(member.getPosition()), line(member)));
    Tree body =
        new Tree()
            .field("Type", dispatcher.getType())
            .field("Interface", dispatcher.getInterfaceName())
            .field("Ifindex", Integer.toUnsignedLong(dispatcher.getIfindex()))
            .field("Netns", dispatcher.getNetns().isEmpty() ? "None" : dispatcher.getNetns())
            .field("NSID", Long.toUnsignedString(dispatcher.getNsid()))
            .field("Revision", Integer.toUnsignedLong(dispatcher.getRevision()))
            .field("Program ID", orNone(dispatcher.getProgramId()))
            .field("Kernel Link ID", orNone(dispatcher.getKernelLinkId()))
            .field("Priority", orNone(dispatcher.getPriority()))
            .field("Handle", handle(dispatcher))
            .section("Members", members);
    return new Tree().section("Dispatcher", body).text();
  }

  private static String line(DispatcherMember member) {
    return "link %s, program %s, priority %s, proceeds on %s"
        .formatted(
            Integer.toUnsignedString(member.getLinkId()),
            Integer.toUnsignedString(member.getProgramId()),
            Integer.toUnsignedString(member.getPriority()),
            String.join(",", member.getProceedOnList()));
  }

  private static String handle(Dispatcher dispatcher) {
    return dispatcher.getHandle() == 0 ? NONE : "0x" + Integer.toHexString(dispatcher.getHandle());
  }

  private static String orNone(int number) {
    return number == 0 ? NONE : Integer.toUnsignedString(number);
  }
}
