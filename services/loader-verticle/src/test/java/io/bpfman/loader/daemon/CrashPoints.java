package io.bpfman.loader.daemon;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * At which calls of an operation a process is killed: at a third of them by chance, or at all. The
 * same seed gives the same points for the same number of calls, whatever other operations there
 * are.
 *
 * @param all every call
 * @param seed what the choice depends on
 */
record CrashPoints(boolean all, long seed) {
  private static final int ONE_OF = 3;

  /** As the system properties {@code crash.points} and {@code crash.seed} say. */
  static CrashPoints asked() {
    return of(
        System.getProperty("crash.points", "third"),
        Long.getLong("crash.seed", new Random().nextLong()));
  }

  static CrashPoints of(String points, long seed) {
    return switch (points) {
      case "all" -> new CrashPoints(true, seed);
      case "third" -> new CrashPoints(false, seed);
      default ->
          throw new IllegalArgumentException(
              "crash.points is \"%s\"; it may be \"third\" or \"all\"".formatted(points));
    };
  }

  /** Numbers of calls from 1 to {@code calls}, rising; a third is rounded up. */
  List<Integer> of(CrashOperation operation, int calls) {
    List<Integer> each = IntStream.rangeClosed(1, calls).boxed().collect(Collectors.toList());
    if (all) {
      return each;
    }
    Collections.shuffle(each, new Random(seed ^ operation.name().hashCode()));
    return each.subList(0, (calls + ONE_OF - 1) / ONE_OF).stream().sorted().toList();
  }

  @Override
  public String toString() {
    return all ? "-Dcrash.points=all" : "-Dcrash.seed=" + seed;
  }
}
