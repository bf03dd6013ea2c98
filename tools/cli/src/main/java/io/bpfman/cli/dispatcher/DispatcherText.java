package io.bpfman.cli.dispatcher;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.Table;
import io.bpfman.cli.output.Tree;
import io.bpfman.proto.x.v1.Dispatcher;
import io.bpfman.proto.x.v1.DispatcherMember;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
          Integer.toUnsignedString(dispatcher.getProgramId()),
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
            .field("Program ID", Integer.toUnsignedLong(dispatcher.getProgramId()))
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

  static Map<String, @Nullable Object> json(Dispatcher dispatcher) {
    return new Fields()
        .put("type", dispatcher.getType())
        .put("nsid", new BigInteger(Long.toUnsignedString(dispatcher.getNsid())))
        .put("ifindex", Integer.toUnsignedLong(dispatcher.getIfindex()))
        .put("interface", dispatcher.getInterfaceName())
        .put("revision", Integer.toUnsignedLong(dispatcher.getRevision()))
        .put("program_id", Integer.toUnsignedLong(dispatcher.getProgramId()))
        .put("kernel_link_id", orNull(dispatcher.getKernelLinkId()))
        .put("priority", orNull(dispatcher.getPriority()))
        .put("handle", orNull(dispatcher.getHandle()))
        .put("netns", dispatcher.getNetns().isEmpty() ? null : dispatcher.getNetns())
        .put("members", dispatcher.getMembersList().stream().map(DispatcherText::member).toList())
        .map();
  }

  private static Map<String, @Nullable Object> member(DispatcherMember member) {
    return new Fields()
        .put("position", Integer.toUnsignedLong(member.getPosition()))
        .put("link_id", Integer.toUnsignedLong(member.getLinkId()))
        .put("program_id", Integer.toUnsignedLong(member.getProgramId()))
        .put("priority", Integer.toUnsignedLong(member.getPriority()))
        .put("proceed_on", List.copyOf(member.getProceedOnList()))
        .map();
  }

  private static @Nullable Long orNull(int number) {
    return number == 0 ? null : Integer.toUnsignedLong(number);
  }
}
