package io.bpfman.loader.adapter.elf;

import io.bpfman.loader.adapter.host.HostProcesses;
import io.bpfman.loader.adapter.host.HostView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hosts whose processes are directories that a test makes. */
final class Hosts {
  /** Of proc(5): the 22nd field is the start time. */
  private static final String STAT = "%d (a) b) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0\n";

  private Hosts() {}

  /** Its root directory is that of the test. */
  static HostView of(Path proc) {
    return new HostView(Path.of("/"), new HostProcesses(proc, proc));
  }

  /** Answers the root directory of a new process. */
  static Path process(Path proc, int pid) throws IOException {
    return process(proc, pid, 4711);
  }

  static Path process(Path proc, int pid, long started) throws IOException {
    Path root = Files.createDirectories(proc.resolve(pid + "/root"));
    Files.writeString(proc.resolve(pid + "/stat"), STAT.formatted(pid, started));
    Files.writeString(proc.resolve(pid + "/status"), "Name:\ta\nNSpid:\t" + pid + "\n");
    return root;
  }
}
