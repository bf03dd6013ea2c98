package io.bpfman.loader.core;

import io.bpfman.model.ChainKey;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Links and dispatchers that have no record, because the store that held them is lost. Taken off
 * with the recovered programs that they may run. Blocking; any platform thread.
 */
final class UnrecordedLinks {
  private final Platform platform;
  private final Chains chains;
  private final Locks locks;

  UnrecordedLinks(Platform platform, LinkOperations links) {
    this.platform = platform;
    this.chains = links.chains();
    this.locks = links.locks();
  }

  /** Takes off those that run a program, or a copy of it in a dispatcher. */
  void dropLinksOf(ProgramId program) {
    platform.pins().linkPins().stream()
        .filter(id -> platform.store().link(id).isEmpty())
        .map(platform.pins()::link)
        .filter(pin -> platform.kernel().programOfLink(pin).filter(of(program)).isPresent())
        .forEach(platform.pins()::remove);
  }

  /** The program itself, and its copies in dispatchers: the same code on the same maps. */
  private Predicate<ProgramId> of(ProgramId program) {
    Optional<KernelProgram> own = platform.kernel().program(program);
    return other ->
        other.equals(program)
            || own.filter(
                    known ->
                        platform
                            .kernel()
                            .program(other)
                            .filter(copy -> copy.tag().equals(known.tag()))
                            .filter(copy -> sameMaps(copy, known))
                            .isPresent())
                .isPresent();
  }

  private static boolean sameMaps(KernelProgram one, KernelProgram other) {
    return Set.copyOf(one.mapIds()).equals(Set.copyOf(other.mapIds()));
  }

  /** Takes dispatchers away that have no record, once no recovered program can be in them. */
  void dropChains() {
    if (!StoreRecovery.isUnderWay(platform.store())) {
      platform.pins().dispatchers().stream()
          .filter(key -> platform.store().dispatcher(key).isEmpty())
          .forEach(this::dropIfUnrecorded);
    }
  }

  private void dropIfUnrecorded(ChainKey key) {
    Locks.with(
        locks.hook(key),
        () -> {
          boolean unrecorded =
              platform.store().dispatcher(key).isEmpty()
                  && platform.linksOn(key).findAny().isEmpty();
          if (unrecorded) {
            chains.dropUnrecorded(key);
          }
          return unrecorded;
        });
  }
}
