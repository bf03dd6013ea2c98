package io.bpfman.loader.core;

import io.bpfman.loader.port.NetworkHooks.Occupant;
import io.bpfman.loader.port.NetworkHooks.Place;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainKey;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.LinkRecord;
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
  private final Chains chains;

  ChainRepair(Chains chains) {
    this.platform = chains.platform();
    this.healths = chains.healths();
    this.builder = chains.builder();
    this.chains = chains;
  }

  /** Every hook that has or had a dispatcher. */
  Set<ChainKey> hooks() {
    return Stream.concat(
            platform.store().dispatchers().stream().map(DispatcherRecord::key),
            platform.pins().dispatchers().stream())
        .collect(Collectors.toSet());
  }

  /** Whether a change began that did not end; certain under the hook's lock. */
  boolean isHalf(ChainKey key) {
    Optional<DispatcherRecord> dispatcher = platform.store().dispatcher(key);
    return dispatcher.isPresent()
        ? isHalf(dispatcher.get())
        : isPinned(key) && !StoreRecovery.isUnderWay(platform.store());
  }

  /** Without a record; after a store was lost these run on as its links do. */
  private boolean isPinned(ChainKey key) {
    return platform.pins().exists(platform.pins().dispatcherLink(key))
        || !platform.pins().dispatcherRevisions(key).isEmpty();
  }

  private boolean isHalf(DispatcherRecord dispatcher) {
    boolean moved =
        platform
            .kernel()
            .hooks()
            .occupant(healths.place(dispatcher))
            .filter(occupant -> occupant.program() != dispatcher.program())
            .isPresent();
    List<Integer> revisions = platform.pins().dispatcherRevisions(dispatcher.key());
    return moved
        || revisions.stream().anyMatch(revision -> revision != dispatcher.revision())
        || builder.isUnsettled(dispatcher, members(dispatcher));
  }

  /** Idempotent. */
  void settle(ChainKey key) {
    Optional<DispatcherRecord> dispatcher = platform.store().dispatcher(key);
    Optional<LinkRecord> direct = platform.linksOn(key).filter(LinkRecord::isDirect).findFirst();
    if (dispatcher.isPresent()) {
      settle(dispatcher.get());
    } else if (direct.isPresent()) {
      settleDirect(key, direct.get());
    } else {
      chains.dropUnrecorded(key);
    }
  }

  private List<LinkRecord> members(DispatcherRecord dispatcher) {
    return platform.linksOn(dispatcher.key()).filter(LinkRecord::inChain).toList();
  }

  private void settle(DispatcherRecord dispatcher) {
    Path program = ChainBuilder.program(platform.pins(), dispatcher);
    putBack(healths.place(dispatcher), dispatcher.program(), program);
    builder.settle(dispatcher, members(dispatcher));
  }

  private void settleDirect(ChainKey key, LinkRecord direct) {
    Path holder = platform.pins().dispatcherLink(key);
    Path link = platform.pins().exists(holder) ? holder : platform.pins().link(direct.id());
    if (direct.spec() instanceof AttachSpec.Network network) {
      Place place = new Place(key, network.hook(), link);
      putBack(place, direct.program().value(), platform.pins().program(direct.program()));
    }
    builder.settleDirect(key, direct);
  }

  /** Where nothing of ours is on the hook its links are lost, which others see. */
  private void putBack(Place place, long expected, Path programPin) {
    Optional<Occupant> occupant = platform.kernel().hooks().occupant(place);
    if (occupant.isPresent() && occupant.get().program() != expected) {
      platform.kernel().hooks().swap(place, programPin);
    }
  }
}
