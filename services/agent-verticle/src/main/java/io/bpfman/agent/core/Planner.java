package io.bpfman.agent.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what to do so that the loader holds what is wanted, touching nothing else. */
public final class Planner {
  private Planner() {}

  /**
   * Steps in the order to run them; empty when nothing differs.
   *
   * @param desired null: the application is to be removed
   */
  public static List<Action> plan(
      @Nullable DesiredApplication desired, ObservedApplication observed) {
    if (desired == null) {
      return observed.programs().stream()
          .<Action>map(
              program ->
                  new Action.Unload(program, "no application of this node wants it", Set.of()))
          .toList();
    }
    return new ApplicationPlan(desired, observed).build();
  }

  /**
   * The program that stands for {@code wanted}: the oldest good one; with unclear links, else the
   * oldest of its name.
   */
  static Optional<ObservedProgram> keeper(
      DesiredApplication desired, DesiredProgram wanted, ObservedApplication observed) {
    Optional<ObservedProgram> good =
        observed.programs().stream()
            .filter(program -> desired.accepts(wanted, program))
            .findFirst();
    if (good.isPresent() || wanted.failure() == null) {
      return good;
    }
    return observed.programs().stream()
        .filter(program -> program.name().equals(wanted.name()))
        .findFirst();
  }
}
