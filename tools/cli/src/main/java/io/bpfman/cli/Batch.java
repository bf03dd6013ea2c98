package io.bpfman.cli;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Does one thing for many ids: a failure of one does not stop the others. */
public final class Batch {
  private final CliContext context;
  private final String noun;
  private final String done;

  /**
   * @param noun what the ids name, for example {@code program}
   * @param done what happened to them, for example {@code unloaded}
   */
  public Batch(CliContext context, String noun, String done) {
    this.context = context;
    this.noun = noun;
    this.done = done;
  }

  /**
   * 0 when all succeeded, else 1. A person gets a line for each id, a script one for each failure;
   * after failures of several a summary.
   *
   * @param tolerated failures that count as success
   */
  public int run(List<Integer> ids, Set<FailureCode> tolerated, Consumer<Integer> action) {
    int failures = 0;
    for (Integer id : ids) {
      failures += one(id, tolerated, action) ? 0 : 1;
    }
    if (failures > 0 && ids.size() > 1) {
      context.warn("%d of %d %ss failed".formatted(failures, ids.size(), noun));
    }
    return failures == 0 ? 0 : 1;
  }

  private boolean one(Integer id, Set<FailureCode> tolerated, Consumer<Integer> action) {
    String unsigned = Integer.toUnsignedString(id);
    try {
      action.accept(id);
      context.tell("%s %s %s".formatted(noun, unsigned, done));
      return true;
    } catch (BpfmanException failed) {
      if (tolerated.contains(failed.code())) {
        return true;
      }
      Failure failure = failed.failure();
      context.warn("%s %s: %s".formatted(noun, unsigned, failure.describe()));
      return false;
    }
  }
}
