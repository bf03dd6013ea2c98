package io.bpfman.loader.core;

import io.bpfman.loader.port.NetworkHooks.Occupant;
import io.bpfman.loader.port.NetworkHooks.Place;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes hooks run what the store says after a death in the middle of a change: takes back what was
 * not recorded, finishes what was. To be run before links are compared, and with nobody else at
 * work.
 */
final class ChainRepair {
  private final Platform platform;
  private final LinkHealths healths;
  private final ChainBuilder builder;

  ChainRepair(Platform platform, LinkHealths healths, ChainBuilder builder) {
    this.platform = platform;
    this.healths = healths;
    this.builder = builder;
  }

  /** Every hook that has or had a dispatcher. */
  Set<ChainKey> hooks() {
    return Stream.concat(
            platform.store().dispatchers().stream().map(DispatcherRecord::key),
            platform.pins().dispatchers().stream())
        .collect(Collectors.toSet());
  }

  /** A sentence when something had to be done. Idempotent. */
  Optional<String> settle(ChainKey key) {
    Optional<DispatcherRecord> dispatcher = platform.store().dispatcher(key);
    if (dispatcher.isPresent()) {
      return settle(dispatcher.get());
    }
    Optional<LinkRecord> direct =
        at(key).filter(link -> link.placement() != null && !link.inChain()).findFirst();
    return direct.isPresent() ? settleDirect(key, direct.get()) : removeAll(key);
  }

  private Stream<LinkRecord> at(ChainKey key) {
    return platform.store().linksAt(key.hook()).stream()
        .filter(link -> ChainType.of(link.spec()).filter(key.type()::equals).isPresent());
  }

  private Optional<String> settle(DispatcherRecord dispatcher) {
    Path program = ChainBuilder.program(platform.pins(), dispatcher);
    boolean back = putBack(healths.place(dispatcher), dispatcher.program(), program);
    List<LinkRecord> members = at(dispatcher.key()).filter(link -> isIn(dispatcher, link)).toList();
    boolean stale = platform.pins().dispatcherRevisions(dispatcher.key()).size() > 1;
    builder.settle(dispatcher, members);
    return back || stale ? said(dispatcher.key()) : Optional.empty();
  }

  private static boolean isIn(DispatcherRecord dispatcher, LinkRecord link) {
    Placement place = link.placement();
    return place != null && place.inChain() && place.hook().equals(dispatcher.key().hook());
  }

  private Optional<String> settleDirect(ChainKey key, LinkRecord direct) {
    Path holder = platform.pins().dispatcherLink(key);
    Path link = platform.pins().exists(holder) ? holder : platform.pins().link(direct.id());
    if (direct.spec() instanceof AttachSpec.Network network) {
      Place place = new Place(key, network.hook(), link);
      putBack(place, direct.program().value(), platform.pins().program(direct.program()));
    }
    builder.settleDirect(key, direct);
    return said(key);
  }

  /** Nobody is on the hook any more. */
  private Optional<String> removeAll(ChainKey key) {
    platform.pins().remove(platform.pins().dispatcherLink(key));
    builder.removeDirectories(key, 0);
    return said(key);
  }

  /** False when the hook runs what it should, or nothing of ours. */
  private boolean putBack(Place place, long expected, Path programPin) {
    Optional<Occupant> occupant = platform.kernel().hooks().occupant(place);
    if (occupant.isEmpty() || occupant.get().program() == expected) {
      return false;
    }
    platform.kernel().hooks().swap(place, programPin);
    return true;
  }

  private static Optional<String> said(ChainKey key) {
    return Optional.of("the chain on %s was half changed and has been settled".formatted(key));
  }
}
