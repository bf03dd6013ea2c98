package io.bpfman.loader.core;

import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.loader.port.NetworkHooks.Place;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Lets links run other programs, each without a moment in which it runs none. Nothing is recorded
 * here. Callers hold the locks of the programs and hooks; where a link is attached nowhere it just
 * changes hands. Used for one replacement.
 */
final class LinkMoves {
  private final Platform platform;
  private final LinkHealths healths;
  private final ChainBuilder builder;
  private final Undo undo;
  private final Map<ProgramId, ProgramRecord> heirs;
  private final List<LinkRecord> changed = new ArrayList<>();
  private final List<LinkRecord> lost = new ArrayList<>();
  private final List<LinkRecord> doubled = new ArrayList<>();
  private final List<ChainBuilder.Made> chains = new ArrayList<>();

  /**
   * @param heirs who takes the links of a program
   */
  LinkMoves(Chains chains, Map<ProgramId, ProgramRecord> heirs, Undo undo) {
    this.platform = chains.platform();
    this.healths = chains.healths();
    this.builder = chains.builder();
    this.heirs = heirs;
    this.undo = undo;
  }

  /** All rows that are other ones now, those of links that only share a chain included. */
  List<LinkRecord> changed() {
    return List.copyOf(changed);
  }

  /** Links that were attached nowhere before, as they were. */
  List<LinkRecord> lost() {
    return List.copyOf(lost);
  }

  /** Links of which the kernel has two until {@link #settle}, as they were. */
  List<LinkRecord> doubled() {
    return List.copyOf(doubled);
  }

  List<DispatcherRecord> dispatchers() {
    return chains.stream().map(ChainBuilder.Made::dispatcher).toList();
  }

  void moveAll(List<LinkRecord> links) {
    Set<ChainKey> keys = new LinkedHashSet<>();
    for (LinkRecord link : links) {
      if (!healths.runs(link)) {
        lost.add(link);
        changed.add(link.movedTo(heir(link).id()));
      } else if (link.inChain()) {
        keys.add(chain(link));
      } else {
        changed.add(moveDirect(link));
      }
    }
    keys.forEach(this::moveChain);
  }

  private ProgramRecord heir(LinkRecord link) {
    return Objects.requireNonNull(heirs.get(link.program()), "only links with an heir move");
  }

  private static ChainKey chain(LinkRecord link) {
    Placement place = Objects.requireNonNull(link.placement(), "a link on a hook has a place");
    return new ChainKey(ChainType.of(link.spec()).orElseThrow(), place.hook());
  }

  private LinkRecord moveDirect(LinkRecord link) {
    return switch (link.spec()) {
      case AttachSpec.Xdp _, AttachSpec.Tcx _ -> update(link);
      case AttachSpec.Tc tc -> swapFilter(link, tc);
      default -> attachBeside(link);
    };
  }

  private LinkRecord update(LinkRecord link) {
    Path pin = pins().link(link.id());
    hooks().update(pin, pins().program(heir(link).id()));
    undo.push(() -> hooks().update(pin, pins().program(link.program())));
    return direct(link);
  }

  private LinkRecord swapFilter(LinkRecord link, AttachSpec.Tc tc) {
    Place place = new Place(chain(link), tc.hook(), pins().link(link.id()));
    hooks().swap(place, pins().program(heir(link).id()));
    undo.push(() -> hooks().swap(place, pins().program(link.program())));
    return direct(link);
  }

  private LinkRecord direct(LinkRecord link) {
    ProgramId to = heir(link).id();
    Placement place = Objects.requireNonNull(link.placement(), "a link on a hook has a place");
    return link.movedTo(to)
        .attached(link.kernelLinkId(), new Placement(place.hook(), Placement.DIRECT, to.value()));
  }

  /** The new one first; both run until the old one's last name is gone. */
  private LinkRecord attachBeside(LinkRecord link) {
    Path pin = pins().link(link.id());
    Path made = pins().replacingLink(link.id());
    Path kept = pins().replacedLink(link.id());
    LinkRecord moved = link.movedTo(heir(link).id());
    pins().remove(made);
    undo.push(() -> pins().remove(made));
    Attachment attachment =
        platform
            .kernel()
            .attach(platform.order(heir(link), moved, new TcxPosition.Last()).pinnedAt(made));
    LinkRecord attached =
        LinkOperations.probing(moved.attached(attachment.kernelLink()), attachment);
    pins().alias(pin, kept);
    undo.push(() -> pins().rename(kept, pin));
    pins().rename(made, pin);
    doubled.add(link);
    return attached;
  }

  /** One new dispatcher for all members that move. */
  private void moveChain(ChainKey key) {
    List<LinkRecord> members =
        ChainLayout.ordered(
            platform
                .linksOn(key)
                .filter(link -> link.stage() == LinkRecord.Stage.ATTACHED)
                .filter(healths::runs)
                .toList());
    List<ChainBuilder.Member> wanted = members.stream().map(this::member).toList();
    ChainBuilder.Made made = builder.swapIn(key, Chains.hook(members.getFirst()), wanted, undo);
    chains.add(made);
    changed.addAll(made.members());
  }

  private ChainBuilder.Member member(LinkRecord link) {
    ProgramRecord heir = heirs.get(link.program());
    return heir == null
        ? new ChainBuilder.Member(
            link,
            platform
                .store()
                .program(link.program())
                .orElseThrow(() -> LoaderFailures.unknownProgram(link.program())))
        : new ChainBuilder.Member(link.movedTo(heir.id()), heir);
  }

  /** Removes what only the programs before needed. To be called after all is recorded. */
  void settle() {
    chains.forEach(made -> builder.settle(made.dispatcher(), made.members()));
    doubled.forEach(link -> pins().remove(pins().replacedLink(link.id())));
    lost.forEach(link -> platform.kernel().detach(link, pins().link(link.id())));
  }

  private PinTree pins() {
    return platform.pins();
  }

  private NetworkHooks hooks() {
    return platform.kernel().hooks();
  }
}
