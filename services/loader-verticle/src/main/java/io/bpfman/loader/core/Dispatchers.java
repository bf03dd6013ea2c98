package io.bpfman.loader.core;

import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainType;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Dispatchers of this daemon. Takes no lock and changes nothing. */
public final class Dispatchers {
  private final Platform platform;

  Dispatchers(Platform platform) {
    this.platform = platform;
  }

  /** By type, then network namespace, then interface; programs alone on their hook need none. */
  public List<DispatcherView> list() {
    return platform.store().dispatchers().stream()
        .map(this::view)
        .sorted(
            Comparator.comparing(DispatcherView::type)
                .thenComparing(DispatcherView::nsid)
                .thenComparing(DispatcherView::ifindex))
        .toList();
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
        members(dispatcher).map(Dispatchers::member).toList());
  }

  private Stream<LinkRecord> members(DispatcherRecord dispatcher) {
    return platform
        .linksOn(dispatcher.key())
        .filter(LinkRecord::inChain)
        .sorted(Comparator.comparing(LinkRecord::slot));
  }

  private static DispatcherView.Member member(LinkRecord link) {
    int priority = link.spec() instanceof AttachSpec.Network network ? network.priority() : 0;
    return new DispatcherView.Member(
        link.slot(), link.id(), link.program(), priority, proceedOn(link.spec()));
  }

  private static List<String> proceedOn(AttachSpec spec) {
    return switch (spec) {
      case AttachSpec.Xdp xdp -> xdp.proceedOn().stream().sorted().map(XdpAction::cliName).toList();
      case AttachSpec.Tc tc -> tc.proceedOn().stream().sorted().map(TcAction::cliName).toList();
      default -> List.of();
    };
  }
}
