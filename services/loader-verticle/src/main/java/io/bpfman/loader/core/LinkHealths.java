package io.bpfman.loader.core;

import io.bpfman.loader.port.NetworkHooks.Occupant;
import io.bpfman.loader.port.NetworkHooks.Place;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import java.util.Optional;

/**
 * Compares links with the kernel; a member of a chain is as well as the dispatcher that runs it.
 */
final class LinkHealths {
  private final Platform platform;

  LinkHealths(Platform platform) {
    this.platform = platform;
  }

  LinkHealth of(LinkRecord link) {
    LinkHealth own = platform.kernel().observe(link, platform.pins().link(link.id()));
    Placement place = link.placement();
    return place != null && place.inChain() && own.runs() ? dispatcher(link, place, own) : own;
  }

  /** Also under another name. */
  boolean runs(LinkRecord link) {
    return of(link).runs();
  }

  private LinkHealth dispatcher(LinkRecord link, Placement place, LinkHealth own) {
    Optional<DispatcherRecord> dispatcher =
        ChainType.of(link.spec())
            .flatMap(type -> platform.store().dispatcher(new ChainKey(type, place.hook())));
    String on = link.spec().attachPoint();
    if (dispatcher.isEmpty()) {
      return new LinkHealth.Detached("its dispatcher on %s is gone".formatted(on));
    }
    Optional<Occupant> occupant = platform.kernel().hooks().occupant(place(dispatcher.get()));
    return occupant.isPresent() && occupant.get().program() == dispatcher.get().program()
        ? own
        : new LinkHealth.Detached("%s no longer runs its dispatcher".formatted(on));
  }

  /** Where a dispatcher sits. */
  Place place(DispatcherRecord dispatcher) {
    return new Place(
        dispatcher.key(), dispatcher.where(), platform.pins().dispatcherLink(dispatcher.key()));
  }
}
