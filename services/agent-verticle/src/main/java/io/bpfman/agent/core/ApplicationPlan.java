package io.bpfman.agent.core;

import io.bpfman.model.ProgramId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One planning run for one application. */
final class ApplicationPlan {
  private final DesiredApplication desired;
  private final ObservedApplication observed;
  private final Map<String, ObservedProgram> keepers = new HashMap<>();
  private final Map<Long, Leaving> leaving = new LinkedHashMap<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final List<Action> actions = new ArrayList<>();

  /** A link that has to go, with its program. */
  private record Leaving(ObservedProgram program, ObservedLink link, String why) {}

  ApplicationPlan(DesiredApplication desired, ObservedApplication observed) {
    this.desired = desired;
    this.observed = observed;
  }

  List<Action> build() {
    for (DesiredProgram wanted : desired.programs()) {
      Planner.keeper(desired, wanted, observed)
          .ifPresent(keeper -> keepers.put(wanted.name(), keeper));
    }
    load();
    observed.programs().forEach(this::findLeaving);
    desired.programs().forEach(this::attachMissing);
    leaving.values().stream()
        .filter(gone -> isKeeper(gone.program()))
        .forEach(gone -> actions.add(detach(gone, Set.of())));
    observed.programs().stream().filter(program -> !isKeeper(program)).forEach(this::unload);
    return List.copyOf(actions);
  }

  private void load() {
    List<DesiredProgram> programs =
        desired.programs().stream()
            .filter(wanted -> wanted.type() != null && !keepers.containsKey(wanted.name()))
            .toList();
    if (!programs.isEmpty()) {
      programs.forEach(program -> missing.add(program.name()));
      actions.add(new Action.LoadGroup(desired, programs, mapOwner()));
    }
  }

  /** Programs of the same object and global data share their maps, however late they come. */
  private @Nullable ProgramId mapOwner() {
    return observed.programs().stream()
        .filter(program -> isKeeper(program) && desired.digest().matches(program.digest()))
        .findFirst()
        .map(program -> new ProgramId(program.id()))
        .orElse(null);
  }

  private boolean isKeeper(ObservedProgram program) {
    ObservedProgram keeper = keepers.get(program.name());
    return keeper != null && keeper.id() == program.id();
  }

  private void findLeaving(ObservedProgram program) {
    DesiredProgram wanted = isKeeper(program) ? wanted(program.name()) : null;
    Set<String> kept = new LinkedHashSet<>();
    for (ObservedLink link : program.links()) {
      String why = whyLeaving(wanted, link, kept);
      if (why != null) {
        leaving.put(link.id(), new Leaving(program, link, why));
      }
    }
  }

  private static @Nullable String whyLeaving(
      @Nullable DesiredProgram wanted, ObservedLink link, Set<String> kept) {
    if (wanted == null) {
      return "its program is replaced";
    }
    if (!wanted.wants(link)) {
      return wanted.failure() == null ? "the link is not wanted" : null;
    }
    if (!link.healthy()) {
      return link.reason().isEmpty() ? "the kernel has lost it" : link.reason();
    }
    return kept.add(link.uuid()) ? null : "there is another one for the same";
  }

  private DesiredProgram wanted(String name) {
    return desired.programs().stream()
        .filter(program -> program.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void attachMissing(DesiredProgram wanted) {
    ObservedProgram keeper = keepers.get(wanted.name());
    if (keeper == null && !missing.contains(wanted.name())) {
      return;
    }
    ProgramRef target = new ProgramRef(wanted.name(), keeper == null ? 0 : keeper.id());
    for (DesiredLink link : wanted.links()) {
      if (keeper == null || keeper.links().stream().noneMatch(old -> stands(old, link))) {
        attach(target, link);
      }
    }
  }

  private static boolean stands(ObservedLink old, DesiredLink link) {
    return old.healthy() && old.uuid().equals(link.uuid());
  }

  private void attach(ProgramRef target, DesiredLink link) {
    Set<String> load = target.isNew() ? Set.of(Action.LoadGroup.ID) : Set.of();
    Set<String> requires = new LinkedHashSet<>(load);
    for (Leaving gone : List.copyOf(leaving.values())) {
      if (mustGoFirst(target, link, gone)) {
        Action.Detach detach = detach(gone, load);
        actions.add(detach);
        requires.add(detach.id());
        leaving.remove(gone.link().id());
      }
    }
    actions.add(new Action.Attach(target, link, Set.copyOf(requires)));
  }

  private static boolean mustGoFirst(ProgramRef target, DesiredLink link, Leaving gone) {
    ProgramRef holder = new ProgramRef(gone.program().name(), gone.program().id());
    boolean lost = !gone.link().healthy() && gone.link().uuid().equals(link.uuid());
    return (lost && holder.equals(target))
        || HookSlot.clash(target, link.spec(), holder, gone.link());
  }

  private static Action.Detach detach(Leaving gone, Set<String> requires) {
    return new Action.Detach(gone.program().name(), gone.link(), gone.why(), requires);
  }

  private void unload(ObservedProgram program) {
    Set<String> requires = new LinkedHashSet<>();
    if (missing.contains(program.name())) {
      requires.add(Action.LoadGroup.ID);
    }
    for (Action action : actions) {
      if (action instanceof Action.Attach attach && moves(program, attach)) {
        requires.add(attach.id());
      }
    }
    boolean replaced = desired.programs().stream().anyMatch(p -> p.name().equals(program.name()));
    String why = replaced ? "another version takes its place" : "the program is not wanted";
    actions.add(new Action.Unload(program, why, Set.copyOf(requires)));
  }

  private static boolean moves(ObservedProgram from, Action.Attach attach) {
    return from.links().stream().anyMatch(old -> stands(old, attach.link()));
  }
}
