package io.bpfman.testkit.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server made of the code that bpfman publishes for Go, in a process of its own. It holds
 * programs and links in memory and answers as bpfman's Go daemon: List tells no links, statuses
 * have no details, bytecode is the daemon's copy. Program ids start at 101, link ids at 1. One
 * thread.
 */
public final class GoServer implements AutoCloseable {
  private final GoProgram program;

  private GoServer(GoProgram program) {
    this.program = program;
  }

  /** Returns when it listens. */
  public static GoServer at(Path socket) {
    GoProgram program = GoProgram.start("serve", socket);
    program.read();
    return new GoServer(program);
  }

  /** The next so many changes that it carried out, for example {@code Attach my_program}. */
  public List<String> changes(int count) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(program.read());
    }
    return changes;
  }

  @Override
  public void close() {
    program.close();
  }
}
