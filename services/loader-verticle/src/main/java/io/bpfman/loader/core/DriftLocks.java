package io.bpfman.loader.core;

import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import java.util.function.Supplier;

/**
 * Which locks make a drift certain, and its repair safe beside other operations. Nothing is locked
 * while nothing is suspicious.
 */
final class DriftLocks {
  private final Locks locks;
  private final ProgramStore store;
  private final LinkOperations links;

  DriftLocks(LinkOperations links, ProgramStore store) {
    this.locks = links.locks();
    this.links = links;
    this.store = store;
  }

  <T> T holding(Drift drift, Supplier<T> work) {
    return switch (drift) {
      case Drift.HalfChain half -> Locks.with(locks.hook(half.key()), work);
      case Drift.HalfReplaced half -> Locks.with(locks.removing(half.program()), work);
      case Drift.DoubledLink doubled ->
          store
              .link(doubled.link())
              .map(link -> Locks.with(locks.removing(link.program()), work))
              .orElseGet(work);
      case Drift.HalfUnloaded half -> Locks.with(locks.removing(half.program()), work);
      case Drift.HalfLink half -> Locks.with(locks.removing(half.link().program()), work);
      case Drift.LostProgram lost -> Locks.with(locks.removing(lost.program().id()), work);
      case Drift.UnpinnedProgram one -> Locks.with(locks.removing(one.program().id()), work);
      case Drift.LostLink lost ->
          Locks.with(locks.removing(lost.link().program()), () -> onHooks(lost.link(), work));
      case Drift.OutdatedLink one -> Locks.with(locks.removing(one.link().program()), work);
      case Drift.OrphanCopy orphan -> withoutLoads(orphan.program(), work);
      case Drift.OrphanProgramPin orphan -> withoutLoads(orphan.program(), work);
      case Drift.OrphanMaps orphan ->
          Locks.with(locks.checking(), () -> withoutLoads(orphan.mapSet(), work));
      case Drift.UnusedSharedMap _ -> Locks.with(locks.sharingMaps(), work);
      // A link has its row before it is pinned and until its pin is gone.
      case Drift.OrphanLinkPin _, Drift.KeptPins _ -> work.get();
    };
  }

  /** The one that it was on and the one that its name means now, taken together. */
  private <T> T onHooks(LinkRecord link, Supplier<T> work) {
    return Locks.withAll(locks.hooks(links.pointsOf(link)), work);
  }

  /** A load pins before it records; an unload removes its record before its pins. */
  private <T> T withoutLoads(ProgramId program, Supplier<T> work) {
    return Locks.with(
        locks.removing(program),
        () -> Locks.with(locks.mapSets(), () -> Locks.with(locks.sharingMaps(), work)));
  }
}
