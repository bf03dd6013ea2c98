package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Compares recorded links with the kernel. */
final class LinkObserver {
  private final Handles handles;
  private final TcFilters filters;

  LinkObserver(Handles handles, TcFilters filters) {
    this.handles = handles;
    this.filters = filters;
  }

  /** Empty when nothing is pinned there. */
  Optional<ProgramId> program(Path pin) {
    Optional<Descriptor> opened = handles.openPin(pin);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Descriptor link = opened.get()) {
      return Optional.of(new ProgramId(handles.linkInfo(link).programId()));
    }
  }

  LinkHealth observe(LinkRecord link, Path pin) {
    if (link.spec() instanceof AttachSpec.Tc tc && !link.inChain()) {
      return filters.observe(link, tc);
    }
    Optional<Descriptor> opened = handles.openPin(pin);
    if (opened.isEmpty()) {
      return new LinkHealth.PinMissing("pin %s is missing".formatted(pin));
    }
    try (Descriptor descriptor = opened.get()) {
      return compare(link, handles.linkInfo(descriptor));
    }
  }

  private static LinkHealth compare(LinkRecord link, Handles.LinkInfo info) {
    if (info.id() != link.kernelLinkId()) {
      return new LinkHealth.Detached(
          "the pin holds kernel link %d, not %d".formatted(info.id(), link.kernelLinkId()));
    }
    if (info.programId() != link.runningProgram()) {
      return new LinkHealth.Detached(
          "the link runs program %d, not %d".formatted(info.programId(), link.runningProgram()));
    }
    return link.spec() instanceof AttachSpec.Network network
        ? network(network, info)
        : new LinkHealth.Attached();
  }

  private static LinkHealth network(AttachSpec.Network spec, Handles.LinkInfo info) {
    String netns = spec.hook().netns();
    if (info.hasInterface() && info.interfaceIndex() == 0) {
      return new LinkHealth.Detached("interface %s is gone".formatted(spec.hook()));
    }
    if (netns != null && !Files.exists(Path.of(netns))) {
      return new LinkHealth.Detached("network namespace %s is gone".formatted(netns));
    }
    return new LinkHealth.Attached();
  }
}
