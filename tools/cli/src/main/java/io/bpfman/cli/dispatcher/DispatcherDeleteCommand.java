package io.bpfman.cli.dispatcher;

import io.bpfman.model.FailureCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code bpfman dispatcher delete}. In bpfman it removes database rows and leaves the programs
 * running, which nobody can want here: so the word is known and refused.
 */
@Command(
    name = "delete",
    description = "Refused: detach the member links instead, then the dispatcher goes too.")
final class DispatcherDeleteCommand implements Callable<Integer> {
  @Mixin private DispatcherKey key = new DispatcherKey();

  @Override
  public Integer call() {
    throw FailureCode.UNIMPLEMENTED.because(
        "the %s is not deleted: its members would run on without a record".formatted(key),
        "detach its members with `bpfman link detach`, or let `bpfman doctor --repair` mend what is"
            + " broken");
  }
}
