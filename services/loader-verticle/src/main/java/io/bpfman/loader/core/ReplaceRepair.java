package io.bpfman.loader.core;

import io.bpfman.loader.port.NetworkHooks.Occupant;
import io.bpfman.loader.port.NetworkHooks.Place;
import io.bpfman.loader.port.PinTree;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes back replacements that ended in the middle: lets the links of the old programs run these
 * again. Chains are {@link ChainRepair}'s, pins of the new programs belong to nobody. Callers hold
 * the lock of the program.
 */
final class ReplaceRepair {
  private final Platform platform;
  private final LinkOperations links;

  ReplaceRepair(Platform platform, LinkOperations links) {
    this.platform = platform;
    this.links = links;
  }

  /** Programs whose replacement began and did not end; certain under their lock. */
  List<ProgramId> unfinished() {
    return platform.store().replacing();
  }

  /** Links of which a name is left that only a replacement in progress gives. */
  List<LinkId> doubled() {
    return platform.pins().halfReplacedLinks();
  }

  /** Idempotent. */
  void takeBack(ProgramId old) {
    for (LinkRecord link : platform.store().linksOf(old)) {
      Placement place = link.placement();
      if (place != null && place.isDirect()) {
        Locks.withAll(
            links.locks().hooks(link.hookPoint().stream().toList()), () -> putBack(link, place));
      }
    }
    platform.store().abandonReplace(List.of(old));
  }

  private boolean putBack(LinkRecord link, Placement place) {
    Path program = pins().program(link.program());
    Path pin = pins().link(link.id());
    if (link.spec() instanceof AttachSpec.Tc tc) {
      ChainKey key = new ChainKey(ChainType.of(tc).orElseThrow(), place.hook());
      Place where = new Place(key, tc.hook(), pin);
      Optional<Occupant> occupant = platform.kernel().hooks().occupant(where);
      if (occupant.filter(o -> o.program() != link.program().value()).isPresent()) {
        platform.kernel().hooks().swap(where, program);
      }
    } else if (platform
        .kernel()
        .programOfLink(pin)
        .filter(p -> !p.equals(link.program()))
        .isPresent()) {
      platform.kernel().hooks().update(pin, program);
    }
    return true;
  }

  /** The kept name holds the link that is recorded, or only what that one replaced. */
  void settle(LinkId id) {
    Path kept = pins().replacedLink(id);
    boolean undone = platform.store().link(id).filter(link -> holds(kept, link)).isPresent();
    if (undone) {
      pins().rename(kept, pins().link(id));
    } else {
      pins().remove(kept);
    }
    pins().remove(pins().replacingLink(id));
  }

  private boolean holds(Path pin, LinkRecord link) {
    return platform.kernel().observe(link, pin).runs();
  }

  private PinTree pins() {
    return platform.pins();
  }
}
