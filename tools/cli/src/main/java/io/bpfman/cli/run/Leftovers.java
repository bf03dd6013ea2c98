package io.bpfman.cli.run;

import io.bpfman.model.BpfmanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Removes what demonstrations left behind that were killed before they could do so themselves. */
final class Leftovers {
  private static final int END_SECONDS = 5;

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
    ProcessHandle.allProcesses()
        .filter(process -> commandLine(process.pid()).contains(workspace.mark()))
        .forEach(Leftovers::end);
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

  private static void end(ProcessHandle process) {
    process.destroyForcibly();
    try {
      process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException alive) {
      throw new IllegalStateException("process " + process.pid() + " does not end", alive);
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
