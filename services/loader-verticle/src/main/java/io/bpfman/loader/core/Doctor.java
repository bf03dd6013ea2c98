package io.bpfman.loader.core;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what store, pins and kernel do not agree on, and makes them agree: finishes or undoes what
 * was left half done, attaches lost links again under their own ids, removes what nobody recorded.
 * The start uses it before the socket opens; it may also be asked beside all other operations, for
 * which it waits where something is suspicious. Blocking; any platform thread.
 */
public final class Doctor {
  private final Platform platform;
  private final ProgramOperations programs;
  private final LinkOperations links;
  private final LinkRenewal renewal;
  private final DriftFinder finder;
  private final DriftLocks locks;

  Doctor(Platform platform, ProgramOperations programs, LinkOperations links, DriftFinder finder) {
    this.platform = platform;
    this.programs = programs;
    this.links = links;
    this.renewal = new LinkRenewal(platform, links);
    this.finder = finder;
    this.locks = new DriftLocks(links, platform.store());
  }

  /**
   * A drift that was treated.
   *
   * @param failure why it could not be repaired; null when it was
   */
  public record Treated(Drift drift, @Nullable String failure) {
    /** One sentence for the log. */
    public String sentence() {
      String found = drift.subject() + " " + drift.problem();
      if (drift instanceof Drift.KeptPins) {
        return found;
      }
      return failure == null
          ? found + " and " + drift.done()
          : found + " and could not be repaired: " + failure;
    }
  }

  /** What is wrong now, in the order of repair. Changes nothing. */
  public List<Drift> find() {
    return finder.stages().stream()
        .flatMap(stage -> stage.get().stream())
        .filter(drift -> locks.holding(drift, () -> finder.persists(drift)))
        .toList();
  }

  /**
   * Repairs what can be repaired; one thing that cannot keeps nobody from the others. A second time
   * finds only those again.
   */
  public List<Treated> repair() {
    List<Treated> treated = new ArrayList<>();
    finder
        .stages()
        .forEach(stage -> stage.get().forEach(drift -> treat(drift).ifPresent(treated::add)));
    return List.copyOf(treated);
  }

  private Optional<Treated> treat(Drift drift) {
    return locks.holding(
        drift, () -> finder.persists(drift) ? Optional.of(attempt(drift)) : Optional.empty());
  }

  private Treated attempt(Drift drift) {
    try {
      repair(drift);
      return new Treated(drift, null);
    } catch (BpfmanException e) {
      return new Treated(drift, e.getMessage());
    }
  }

  private void repair(Drift drift) {
    switch (drift) {
      case Drift.HalfChain half -> finder.chains().settle(half.key());
      case Drift.HalfReplaced half -> finder.replacements().takeBack(half.program());
      case Drift.DoubledLink doubled -> finder.replacements().settle(doubled.link());
      case Drift.HalfUnloaded half -> programs.unload(half.program());
      case Drift.HalfLink half -> links.finishDetach(half.link());
      case Drift.LostProgram lost -> programs.unload(lost.program().id());
      case Drift.UnpinnedProgram unpinned ->
          platform
              .kernel()
              .pinProgram(
                  unpinned.program().id(), platform.pins().program(unpinned.program().id()));
      case Drift.LostLink lost -> links.reattach(lost.link());
      case Drift.OutdatedLink outdated -> renewal.renew(outdated.link());
      case Drift.OrphanProgramPin orphan -> platform.pins().remove(orphan.pin());
      case Drift.OrphanLinkPin orphan -> platform.pins().remove(orphan.pin());
      case Drift.OrphanMaps orphan -> platform.pins().removeDirectory(orphan.directory());
      case Drift.UnusedSharedMap orphan -> platform.pins().remove(orphan.pin());
      case Drift.OrphanCopy orphan -> platform.copies().remove(orphan.program());
      case Drift.KeptPins kept -> throw FailureCode.KERNEL_STATE_LOST.because(kept.remedy());
    }
  }
}
