package io.bpfman.demo;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Removes what demonstrations left behind that were killed before they could do so themselves. */
final class Leftovers {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofMillis(20);

  private final Screen screen;

  Leftovers(Screen screen) {
    this.screen = screen;
  }

  /** Leaves alone those whose owner lives. A failure is said and stops nothing. */
  void remove() {
    try {
      for (Workspace workspace : Workspace.existing()) {
        if (!ownerLives(workspace)) {
          remove(workspace);
        }
      }
    } catch (BpfmanException | IOException failed) {
      screen.notice("an earlier demonstration cannot be removed: " + failed.getMessage());
    }
  }

  private void remove(Workspace workspace) throws IOException {
    end(
        ProcessHandle.allProcesses()
            .filter(process -> commandLine(process.pid()).contains(workspace.mark()))
            .toList());
    workspace.unmountAll();
    new Namespaces(workspace.id()).delete();
    workspace.deleteAll();
    screen.step("removed what an earlier demonstration left: " + workspace.root());
  }

  private static boolean ownerLives(Workspace workspace) throws IOException {
    if (!Files.exists(workspace.ownerFile())) {
      return false;
    }
    String pid = Files.readString(workspace.ownerFile()).strip();
    // The id may belong to another program by now.
    return commandLine(Long.parseLong(pid)).contains(Main.class.getName());
  }

  private static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    // Nobody can ask for a stop yet.
    StopSignal none = new StopSignal();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
      if (System.nanoTime() > end) {
        throw FailureCode.START_REFUSED.because(
            "its processes do not end within %d s of SIGKILL".formatted(LIMIT.toSeconds()));
      }
      none.pause(TICK);
    }
  }

  /** Empty for a process that is gone. */
  private static String commandLine(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
