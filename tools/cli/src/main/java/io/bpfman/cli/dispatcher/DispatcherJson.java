package io.bpfman.cli.dispatcher;

import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.link.Links;
import io.bpfman.cli.link.ProgramNames;
import io.bpfman.cli.output.Fields;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.proto.x.v1.Dispatcher;
import io.bpfman.proto.x.v1.DispatcherMember;
import io.bpfman.proto.x.v1.Link;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Dispatchers as bpfman writes them. */
final class DispatcherJson {
  private DispatcherJson() {}

  /** One entry of a list. */
  static Map<String, @Nullable Object> summary(Dispatcher dispatcher) {
    return head(dispatcher).put("member_count", dispatcher.getMembersCount()).map();
  }

  /** One with its members. */
  static Map<String, @Nullable Object> snapshot(Dispatcher dispatcher, LoaderSession session) {
    ProgramNames names = new ProgramNames(session);
    Map<Integer, Link> links = new TreeMap<>();
    Links.all(session).forEach(link -> links.put(link.getId(), link));
    return head(dispatcher)
        .put(
            "members",
            dispatcher.getMembersList().stream()
                .map(
                    member ->
                        member(
                                member,
                                links.getOrDefault(member.getLinkId(), Link.getDefaultInstance()),
                                names)
                            .put("proceed_on", mask(dispatcher, member))
                            .put("ifname", dispatcher.getInterfaceName())
                            .map())
                .toList())
        .map();
  }

  private static Fields head(Dispatcher dispatcher) {
    Fields key =
        new Fields()
            .put("type", dispatcher.getType())
            .put("nsid", new BigInteger(Long.toUnsignedString(dispatcher.getNsid())))
            .put("ifindex", unsigned(dispatcher.getIfindex()));
    return new Fields()
        .put("key", key.map())
        .put("revision", unsigned(dispatcher.getRevision()))
        .put("runtime", runtime(dispatcher));
  }

  /** A dispatcher has either a link or a filter. */
  private static Map<String, @Nullable Object> runtime(Dispatcher dispatcher) {
    Fields runtime = new Fields().put("program_id", unsigned(dispatcher.getProgramId()));
    if (dispatcher.getKernelLinkId() != 0) {
      runtime.put("kernel_link_id", unsigned(dispatcher.getKernelLinkId()));
    }
    if (dispatcher.getHandle() != 0) {
      runtime.put("filter_priority", unsigned(dispatcher.getPriority()));
      runtime.put("filter_handle", unsigned(dispatcher.getHandle()));
    }
    return runtime.put("netns_path", dispatcher.getNetns()).map();
  }

  private static Fields member(DispatcherMember member, Link link, ProgramNames names) {
    return new Fields()
        .put("program_id", unsigned(member.getProgramId()))
        .put("program_name", names.function(member.getProgramId()))
        .put("prog_pin_path", names.pin(member.getProgramId()))
        .put("link_id", unsigned(member.getLinkId()))
        .put(
            "kernel_link_id", link.getKernelLinkId() == 0 ? null : unsigned(link.getKernelLinkId()))
        .put("link_pin_path", link.getPinPath())
        .put("position", unsigned(member.getPosition()))
        .put("priority", unsigned(member.getPriority()))
        .put("metadata", new TreeMap<>(AttachInfos.metadata(link.getAttach())));
  }

  /** Bit n for verdict n of XDP; TC counts its verdicts from -1. */
  private static long mask(Dispatcher dispatcher, DispatcherMember member) {
    boolean xdp = dispatcher.getType().equals("xdp");
    return member.getProceedOnList().stream()
        .flatMap(
            name ->
                xdp
                    ? XdpAction.ofName(name).map(XdpAction::code).stream()
                    : TcAction.ofName(name).map(action -> action.code() + 1).stream())
        .mapToLong(bit -> 1L << bit)
        .sum();
  }

  private static long unsigned(int number) {
    return Integer.toUnsignedLong(number);
  }
}
