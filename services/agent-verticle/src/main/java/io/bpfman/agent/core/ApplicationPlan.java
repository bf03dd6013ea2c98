package io.bpfman.agent.core;

import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One planning run for one application. */
final class ApplicationPlan {
  private final DesiredApplication desired;
  private final ObservedApplication observed;
  private final Map<String, ObservedProgram> keepers = new HashMap<>();
  private final Map<String, ObservedProgram> predecessors = new HashMap<>();
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
        .filter(gone -> isKeeper(gone.program()) || isPredecessor(gone.program()))
        .forEach(gone -> actions.add(detach(gone, before(gone))));
    observed.programs().stream()
        .filter(program -> !isKeeper(program) && !goesWithReplace(program) && mayGo(program))
        .forEach(this::unload);
    return List.copyOf(actions);
  }

  private void load() {
    List<DesiredProgram> programs =
        desired.programs().stream()
            .filter(wanted -> wanted.type() != null && !keepers.containsKey(wanted.name()))
            .toList();
    if (programs.isEmpty()) {
      return;
    }
    programs.forEach(program -> missing.add(program.name()));
    findPredecessors(programs);
    Action.LoadGroup load = new Action.LoadGroup(desired, programs, mapOwner());
    actions.add(predecessors.isEmpty() ? load : new Action.Replace(load, goneWithReplace()));
  }

  /**
   * Other versions of the programs to load, when all of their links can go over to them; the newest
   * of each name.
   */
  private void findPredecessors(List<DesiredProgram> programs) {
    if (!observed.replaceable()) {
      return;
    }
    for (DesiredProgram wanted : programs) {
      observed.programs().stream()
          .filter(program -> program.name().equals(wanted.name()))
          .forEach(program -> predecessors.put(wanted.name(), program));
    }
    boolean fit =
        programs.stream()
            .allMatch(
                wanted ->
                    Optional.ofNullable(predecessors.get(wanted.name()))
                        .filter(old -> !fits(old, wanted))
                        .isEmpty());
    if (!fit) {
      predecessors.clear();
    }
  }

  private static boolean fits(ObservedProgram old, DesiredProgram wanted) {
    ProgramType type = wanted.type();
    return type != null
        && old.links().stream().allMatch(link -> link.spec() != null && link.spec().accepts(type));
  }

  /** Those that have a successor, and those whose names are not wanted any more. */
  private List<ObservedProgram> goneWithReplace() {
    Map<String, ObservedProgram> gone = new TreeMap<>(predecessors);
    observed.programs().stream()
        .filter(program -> desired.programs().stream().noneMatch(w -> isNamed(program, w)))
        .forEach(program -> gone.put(program.name(), program));
    return gone.values().stream().sorted(Comparator.comparingLong(ObservedProgram::id)).toList();
  }

  private static boolean isNamed(ObservedProgram program, DesiredProgram wanted) {
    return program.name().equals(wanted.name());
  }

  private boolean isPredecessor(ObservedProgram program) {
    ObservedProgram old = predecessors.get(program.name());
    return old != null && old.id() == program.id();
  }

  private boolean goesWithReplace(ObservedProgram program) {
    return actions.stream()
        .anyMatch(action -> action instanceof Action.Replace r && r.old().contains(program));
  }

  /** What brings the programs that are missing. */
  private String loadId() {
    return predecessors.isEmpty() ? Action.LoadGroup.ID : Action.Replace.ID;
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
    boolean lives = isKeeper(program) || isPredecessor(program);
    DesiredProgram wanted = lives ? wanted(program.name()) : null;
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
    ObservedProgram holder = keeper == null ? predecessors.get(wanted.name()) : keeper;
    for (DesiredLink link : wanted.links()) {
      if (holder == null || holder.links().stream().noneMatch(old -> stands(old, link))) {
        attach(target, link);
      }
    }
  }

  /** A link that has gone over to another program belongs to that. */
  private Set<String> moved(ObservedProgram program) {
    return isPredecessor(program) ? Set.of(loadId()) : Set.of();
  }

  /**
   * What a link that still runs stays for: the one that takes its place; when it is not wanted at
   * all, every new one of its program.
   */
  private Set<String> before(Leaving gone) {
    Set<String> requires = new LinkedHashSet<>(moved(gone.program()));
    if (gone.link().health() != ObservedLink.Health.LOST) {
      String same = Action.Attach.id(gone.link().uuid());
      boolean wanted = wanted(gone.program().name()).wants(gone.link());
      attaches()
          .filter(attach -> attach.program().name().equals(gone.program().name()))
          .map(Action::id)
          .filter(id -> !wanted || id.equals(same))
          .forEach(requires::add);
    }
    return Set.copyOf(requires);
  }

  private Stream<Action.Attach> attaches() {
    return actions.stream().filter(Action.Attach.class::isInstance).map(Action.Attach.class::cast);
  }

  private static boolean stands(ObservedLink old, DesiredLink link) {
    return old.healthy() && old.uuid().equals(link.uuid());
  }

  private void attach(ProgramRef target, DesiredLink link) {
    Set<String> load = target.isNew() ? Set.of(loadId()) : Set.of();
    Set<String> requires = new LinkedHashSet<>(load);
    for (Leaving gone : List.copyOf(leaving.values())) {
      if (mustGoFirst(target, link, gone)) {
        Set<String> first = load.isEmpty() ? moved(gone.program()) : load;
        Action.Detach detach = detach(gone, first);
        actions.add(detach);
        requires.add(detach.id());
        leaving.remove(gone.link().id());
      }
    }
    actions.add(new Action.Attach(target, link, Set.copyOf(requires)));
  }

  private boolean mustGoFirst(ProgramRef target, DesiredLink link, Leaving gone) {
    long id = isPredecessor(gone.program()) ? 0 : gone.program().id();
    ProgramRef holder = new ProgramRef(gone.program().name(), id);
    boolean lost =
        gone.link().health() == ObservedLink.Health.LOST && gone.link().uuid().equals(link.uuid());
    return (lost && holder.equals(target))
        || HookSlot.clash(target, link.spec(), holder, gone.link());
  }

  private static Action.Detach detach(Leaving gone, Set<String> requires) {
    return new Action.Detach(gone.program().name(), gone.link(), gone.why(), requires);
  }

  /** Nobody knows whether a specification works that has a part which cannot be worked out. */
  private boolean mayGo(ObservedProgram program) {
    return hasSuccessor(program)
        || desired.programs().stream().allMatch(p -> p.type() != null && p.failure() == null);
  }

  private boolean hasSuccessor(ObservedProgram program) {
    return desired.programs().stream().anyMatch(wanted -> isNamed(program, wanted));
  }

  /** One whose name is not wanted any more stays until everything new works. */
  private void unload(ObservedProgram program) {
    boolean replaced = hasSuccessor(program);
    Set<String> requires = new LinkedHashSet<>();
    if (replaced ? missing.contains(program.name()) : !missing.isEmpty()) {
      requires.add(loadId());
    }
    attaches()
        .filter(attach -> !replaced || moves(program, attach))
        .map(Action::id)
        .forEach(requires::add);
    String why = replaced ? "another version takes its place" : "the program is not wanted";
    actions.add(new Action.Unload(program, why, Set.copyOf(requires)));
  }

  private static boolean moves(ObservedProgram from, Action.Attach attach) {
    return from.links().stream().anyMatch(old -> stands(old, attach.link()));
  }
}
