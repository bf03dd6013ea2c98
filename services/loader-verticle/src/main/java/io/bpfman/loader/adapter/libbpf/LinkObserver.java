package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.ProbeTargets;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import io.bpfman.model.ProbedTarget;
import io.bpfman.model.ProgramId;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares recorded links with the kernel. */
final class LinkObserver {
  /** Of a link that gave its claim up, see {@link Placement#NOTHING}. */
  static final String TAKEN = "somebody else took it off, and another link took its place";

  private final Handles handles;
  private final TcFilters filters;
  private final HookNames names;
  private final ProbeTargets targets;

  LinkObserver(Handles handles, TcFilters filters, HookNames names, ProbeTargets targets) {
    this.handles = handles;
    this.filters = filters;
    this.names = names;
    this.targets = targets;
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

  private LinkHealth compare(LinkRecord link, Handles.LinkInfo info) {
    if (link.kernelLinkId() == 0) {
      return new LinkHealth.Detached(TAKEN);
    }
    if (info.id() != link.kernelLinkId()) {
      return new LinkHealth.Detached(
          "the pin holds kernel link %d, not %d".formatted(info.id(), link.kernelLinkId()));
    }
    if (info.programId() != link.runningProgram()) {
      return new LinkHealth.Detached(
          "the link runs program %d, not %d".formatted(info.programId(), link.runningProgram()));
    }
    return switch (link.spec()) {
      case AttachSpec.Network network -> network(network, link.placement(), info);
      case AttachSpec.Uprobe uprobe -> uprobe(uprobe, link.probed());
      default -> new LinkHealth.Attached();
    };
  }

  /**
   * The kernel keeps a probe on the file that it was made for.
   *
   * @param probed null for links of versions that did not record it
   */
  private LinkHealth uprobe(AttachSpec.Uprobe spec, @Nullable ProbedTarget probed) {
    return Optional.ofNullable(probed)
        .flatMap(recorded -> targets.changed(spec, recorded))
        .<LinkHealth>map(reason -> new LinkHealth.Outdated(reason, null))
        .orElseGet(LinkHealth.Attached::new);
  }

  /** The link itself knows whether it is on an interface; names tell only where it was put. */
  private LinkHealth network(
      AttachSpec.Network spec, @Nullable Placement place, Handles.LinkInfo info) {
    if (info.hasInterface() && info.interfaceIndex() == 0) {
      return new LinkHealth.Detached("interface %s is gone".formatted(spec.hook()));
    }
    if (place == null) {
      return new LinkHealth.Attached();
    }
    HookId hook = place.hook();
    return names.compare(
        spec.hook(), info.hasInterface() ? new HookId(hook.netns(), info.interfaceIndex()) : hook);
  }
}
