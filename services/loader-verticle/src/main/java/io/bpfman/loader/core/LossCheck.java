package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Compares single links and programs with the kernel and tells each loss once. One thread. */
final class LossCheck {
  private final Platform platform;
  private final Locks locks;
  private final WatchedState state;
  private final Inventory inventory;
  private final Consumer<LoaderEvent> told;
  private final Set<LinkId> lostLinks = new HashSet<>();
  private final Set<ProgramId> lostPrograms = new HashSet<>();

  LossCheck(Platform platform, Locks locks, WatchedState state, Consumer<LoaderEvent> told) {
    this.platform = platform;
    this.locks = locks;
    this.state = state;
    this.inventory = new Inventory(platform, new LinkHealths(platform));
    this.told = told;
  }

  /** A program may live by its link alone, so it is looked at with it. */
  void link(LinkRecord known) {
    LinkRecord link = lostLinks.contains(known.id()) ? recorded(known) : known;
    if (observe(link).isEmpty()) {
      if (lostLinks.remove(link.id())) {
        told.accept(new LoaderEvent.LinkAttached(link));
      }
    } else if (!lostLinks.contains(link.id())) {
      settled(link, () -> confirm(link.id())).ifPresent(told);
      state.program(link.program()).ifPresent(this::program);
    }
  }

  /** A repair gives a link that was lost another one of the kernel's. */
  private LinkRecord recorded(LinkRecord known) {
    LinkRecord now = platform.store().link(known.id()).orElse(known);
    state.replace(now);
    return now;
  }

  /** Forgets what is no longer recorded. */
  void prune() {
    lostLinks.removeIf(id -> state.link(id).isEmpty());
    lostPrograms.removeIf(id -> state.program(id).isEmpty());
  }

  /**
   * Waits for an operation on the same hook, which may have taken the link off for a moment;
   * without a hook for one that replaces its program.
   */
  private <T> T settled(LinkRecord link, Supplier<T> work) {
    return link.hookPoint()
        .map(point -> Locks.with(locks.hook(point), work))
        .orElseGet(() -> Locks.with(locks.using(link.program()), work));
  }

  /** Empty when it is attached after all, or somebody asked for it to go. */
  private Optional<LoaderEvent> confirm(LinkId id) {
    Optional<LinkRecord> recorded =
        platform.store().link(id).filter(link -> link.stage() == LinkRecord.Stage.ATTACHED);
    recorded.ifPresentOrElse(state::replace, () -> state.forget(id));
    return recorded.flatMap(
        link ->
            observe(link)
                .map(
                    reason -> {
                      lostLinks.add(id);
                      return new LoaderEvent.LinkLost(link, reason);
                    }));
  }

  /** Why it is not attached; empty when it is. */
  private Optional<String> observe(LinkRecord link) {
    return switch (inventory.health(link)) {
      case LinkHealth.Attached _ -> Optional.empty();
      case LinkHealth.PinMissing missing -> Optional.of(missing.reason());
      case LinkHealth.Detached detached -> Optional.of(detached.reason());
      // A renamed interface is an event of its own.
      case LinkHealth.Outdated outdated ->
          Optional.of(outdated.reason()).filter(_ -> link.hookPoint().isEmpty());
    };
  }

  void program(ProgramRecord program) {
    if (lostPrograms.contains(program.id()) || inventory.alive(program).isPresent()) {
      return;
    }
    if (platform.store().program(program.id()).isEmpty()) {
      state.forget(program.id());
      return;
    }
    lostPrograms.add(program.id());
    told.accept(
        new LoaderEvent.ProgramLost(
            program, "the kernel no longer has it: pin and links were removed by somebody else"));
  }
}
