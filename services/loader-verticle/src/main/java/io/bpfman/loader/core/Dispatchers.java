package io.bpfman.loader.core;

import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Dispatchers of this daemon. Takes no lock and changes nothing. */
public final class Dispatchers {
  private final Platform platform;

  Dispatchers(Platform platform) {
    this.platform = platform;
  }

  /**
   * By type, then network namespace, then interface. A program that is alone on its hook needs no
   * dispatcher and is shown as the only member of one with id and revision 0.
   */
  public List<DispatcherView> list() {
    Stream<DispatcherView> made = platform.store().dispatchers().stream().map(this::view);
    Stream<DispatcherView> direct =
        platform.store().links().stream().flatMap(link -> direct(link).stream());
    return Stream.concat(made, direct)
        .sorted(
            Comparator.comparing(DispatcherView::type)
                .thenComparing(DispatcherView::nsid)
                .thenComparing(DispatcherView::ifindex))
        .toList();
  }

  private static Optional<DispatcherView> direct(LinkRecord link) {
    boolean alone = link.stage() == LinkRecord.Stage.ATTACHED && !link.inChain();
    return alone
            && link.spec() instanceof AttachSpec.Network network
            && link.hookPoint().orElse(null) instanceof ChainKey key
        ? Optional.of(direct(link, network, key))
        : Optional.empty();
  }

  private static DispatcherView direct(LinkRecord link, AttachSpec.Network network, ChainKey key) {
    boolean filter = key.type() != ChainType.XDP;
    return new DispatcherView(
        key.type().wireName(),
        key.hook().netns(),
        key.hook().interfaceIndex(),
        network.hook().interfaceName(),
        0,
        0,
        link.kernelLinkId(),
        filter ? NetworkHooks.FILTER_PRIORITY : 0,
        filter ? NetworkHooks.FILTER_HANDLE : 0,
        Objects.requireNonNullElse(network.hook().netns(), ""),
        List.of(member(link, 0)));
  }

  private DispatcherView view(DispatcherRecord dispatcher) {
    ChainType type = dispatcher.key().type();
    boolean filter = type != ChainType.XDP;
    return new DispatcherView(
        type.wireName(),
        dispatcher.key().hook().netns(),
        dispatcher.key().hook().interfaceIndex(),
        dispatcher.where().interfaceName(),
        dispatcher.revision(),
        dispatcher.program(),
        dispatcher.kernelLinkId(),
        filter ? NetworkHooks.FILTER_PRIORITY : 0,
        filter ? NetworkHooks.FILTER_HANDLE : 0,
        Objects.requireNonNullElse(dispatcher.where().netns(), ""),
        members(dispatcher).map(link -> member(link, link.slot())).toList());
  }

  private Stream<LinkRecord> members(DispatcherRecord dispatcher) {
    return platform
        .linksOn(dispatcher.key())
        .filter(LinkRecord::inChain)
        .sorted(Comparator.comparing(LinkRecord::slot));
  }

  private static DispatcherView.Member member(LinkRecord link, int position) {
    int priority = link.spec() instanceof AttachSpec.Network network ? network.priority() : 0;
    return new DispatcherView.Member(
        position, link.id(), link.program(), priority, proceedOn(link.spec()));
  }

  private static List<String> proceedOn(AttachSpec spec) {
    return switch (spec) {
      case AttachSpec.Xdp xdp -> xdp.proceedOn().stream().sorted().map(XdpAction::cliName).toList();
      case AttachSpec.Tc tc -> tc.proceedOn().stream().sorted().map(TcAction::cliName).toList();
      default -> List.of();
    };
  }
}
