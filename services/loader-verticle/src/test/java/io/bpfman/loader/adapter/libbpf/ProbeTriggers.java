package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.Direction;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** For each program type a place to attach to, and how to make something happen there. */
final class ProbeTriggers {
  /** A function of every kernel, called once for each new directory. */
  static final String FUNCTION = "vfs_mkdir";

  /** The hook that {@link #FUNCTION} asks. */
  static final String HOOK = "inode_mkdir";

  private static final int PRIORITY = 50;

  private final Path directory;
  private final TestNetns netns;

  /**
   * @param directory where directories are made and removed again
   */
  ProbeTriggers(Path directory, TestNetns netns) {
    this.directory = directory;
    this.netns = netns;
  }

  String loadTarget(ProgramType type) {
    return type == ProgramType.LSM ? HOOK : FUNCTION;
  }

  AttachSpec point(ProgramType type) {
    NetworkHook hook = new NetworkHook(TestNetns.INTERFACE, netns.path().toString());
    return switch (type) {
      case XDP -> new AttachSpec.Xdp(hook, PRIORITY, Set.of());
      case TC -> new AttachSpec.Tc(hook, Direction.INGRESS, PRIORITY, Set.of());
      case TCX -> new AttachSpec.Tcx(hook, Direction.INGRESS, PRIORITY);
      case TRACEPOINT -> new AttachSpec.Tracepoint("sched", "sched_process_exec");
      case KPROBE, KRETPROBE -> new AttachSpec.Kprobe(FUNCTION, 0, null);
      case UPROBE -> new AttachSpec.Uprobe("libc", "exit", 0, null, null);
      case URETPROBE -> new AttachSpec.Uprobe("libc", "setlocale", 0, null, null);
      case FENTRY -> new AttachSpec.Fentry();
      case FEXIT -> new AttachSpec.Fexit();
      case LSM -> new AttachSpec.Lsm();
    };
  }

  /** At least {@code times} events at the point of {@code type}. */
  void fire(ProgramType type, int times) {
    switch (type.family()) {
      case XDP, SCHED_CLS -> netns.ping(times);
      case TRACEPOINT, UPROBE -> {
        for (int i = 0; i < times; i++) {
          Commands.run("/bin/true", "--version");
        }
      }
      case KPROBE, FENTRY, FEXIT, LSM -> makeDirectories(times);
    }
  }

  void makeDirectories(int times) {
    try {
      for (int i = 0; i < times; i++) {
        Files.delete(Files.createTempDirectory(directory, "made"));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
