package io.bpfman.demo;

import io.bpfman.cli.LoaderOpener;
import io.bpfman.cli.LoaderSession;
import io.bpfman.model.BpfmanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes everything that a demonstration made. Each step is tried, whatever became of the others.
 */
final class Cleanup {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration PROGRAMS_LIMIT = Duration.ofSeconds(15);
  private static final Path TRACING = Path.of("/sys/kernel/tracing");

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private final Workspace workspace;
  private final Namespaces namespaces;
  private final Supervisor supervisor;
  private final Screen screen;
  private boolean clean = true;

  Cleanup(Workspace workspace, Namespaces namespaces, Supervisor supervisor, Screen screen) {
    this.workspace = workspace;
    this.namespaces = namespaces;
    this.supervisor = supervisor;
    this.screen = screen;
  }

  /** Whether tracefs is there; the daemon mounts it when it needs it. */
  static boolean tracingMounted() {
    return Files.exists(TRACING.resolve("events"));
  }

  /**
   * Whether nothing is left.
   *
   * @param applications to be removed
   * @param keepLogs where the logs go; null: nowhere
   * @param unmountTracing when it was not mounted before
   */
  boolean run(
      LoaderOpener opener,
      Applications applications,
      @Nullable Path keepLogs,
      boolean unmountTracing) {
    screen.settle();
    attempt("removing the applications", () -> removeApplications(opener, applications));
    attempt("stopping the processes", supervisor::stopAll);
    attempt("stopping the control plane", applications::close);
    if (keepLogs != null) {
      attempt("keeping the logs", () -> copyLogs(keepLogs));
    }
    attempt("unmounting", workspace::unmountAll);
    if (unmountTracing && tracingMounted()) {
      attempt("unmounting " + TRACING, () -> Shell.run("umount", TRACING.toString()));
    }
    attempt("deleting the network namespaces", namespaces::delete);
    attempt("deleting " + workspace.root(), workspace::deleteAll);
    screen.step(clean ? "everything removed" : "not everything could be removed, see above");
    return clean;
  }

  private void attempt(String what, Step step) {
    try {
      step.run();
    } catch (BpfmanException | IOException | StopSignal.StoppedException failed) {
      clean = false;
      screen.notice(what + ": " + failed.getMessage());
    }
  }

  private void removeApplications(LoaderOpener opener, Applications applications)
      throws IOException {
    boolean served = supervisor.services().stream().allMatch(Service::isAlive);
    int removed = applications.remove(served);
    if (removed > 0 && served) {
      awaitNoPrograms(opener, removed);
    }
  }

  private void awaitNoPrograms(LoaderOpener opener, int applications) {
    // Not the signal of the demonstration: that one has been given.
    StopSignal none = new StopSignal();
    long end = System.nanoTime() + PROGRAMS_LIMIT.toNanos();
    try (LoaderSession session =
        opener.open(LoaderOpener.target(workspace.socket(), workspace.runtime()))) {
      Counters counters = new Counters(session);
      while (counters.programCount() > 0) {
        if (System.nanoTime() > end) {
          screen.notice(
              "%d programs are still loaded after %d s; they go with their pins"
                  .formatted(counters.programCount(), PROGRAMS_LIMIT.toSeconds()));
          return;
        }
        none.pause(TICK);
      }
      screen.step("%d applications deleted, their programs are unloaded".formatted(applications));
    }
  }

  private void copyLogs(Path target) throws IOException {
    Files.createDirectories(target);
    List<Service> services = supervisor.services();
    for (Service service : services) {
      if (Files.exists(service.log())) {
        Files.copy(
            service.log(),
            target.resolve(service.log().getFileName()),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    screen.step("logs are in " + target);
  }
}
