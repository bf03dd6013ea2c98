package io.bpfman.loader.adapter.host;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Processes by their ids of the host.
 *
 * @param proc proc file system of the host's process namespace
 * @param own that of this process's own
 */
public record HostProcesses(Path proc, Path own) {
  /** Of the fields after the command's name in /proc/[pid]/stat; the first there is the third. */
  private static final int START_TIME = 22 - 3;

  /** TARGET_NOT_FOUND when it does not exist. */
  public Path directory(int pid) {
    Path process = proc.resolve(Integer.toString(pid));
    if (!Files.isDirectory(process)) {
      throw absent(pid);
    }
    return process;
  }

  /** Root directory of a process. TARGET_NOT_FOUND when it does not exist. */
  public Path root(int pid) {
    return directory(pid).resolve("root");
  }

  private BpfmanException absent(int pid) {
    return FailureCode.TARGET_NOT_FOUND.because(
        "process %d does not exist (no %s)".formatted(pid, proc.resolve(Integer.toString(pid))),
        "give the id of a running process, as seen in the host's process namespace");
  }

  /** Clock ticks from boot to its start. TARGET_NOT_FOUND when it does not exist. */
  public long started(int pid) {
    return startOf(pid).orElseThrow(() -> absent(pid));
  }

  /** Whether the process that started then still has this id. */
  public boolean lives(int pid, long started) {
    OptionalLong now = startOf(pid);
    return now.isPresent() && now.getAsLong() == started;
  }

  private OptionalLong startOf(int pid) {
    Path file = proc.resolve(Integer.toString(pid)).resolve("stat");
    try {
      // The command's name is in brackets, and may itself hold brackets and blanks.
      String stat = Files.readString(file, StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      return OptionalLong.of(Long.parseLong(fields[START_TIME]));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException gone) {
      return OptionalLong.empty();
    }
  }

  /**
   * Id in this process's own namespace, which is what the kernel takes from it. TARGET_NOT_FOUND
   * when it does not exist; KERNEL_UNSUPPORTED when it has none there.
   */
  public int ownId(int pid) {
    List<Integer> ids = NamespaceIds.of(directory(pid)).orElseThrow(() -> absent(pid));
    int level = NamespaceIds.depth(proc) - NamespaceIds.depth(own);
    if (level <= 0) {
      return pid;
    }
    if (ids.size() > level && isSame(pid, ids, level)) {
      return ids.get(level);
    }
    throw FailureCode.KERNEL_UNSUPPORTED.because(
        "process %d (%s) is outside of bpfman's process namespace, so the kernel cannot limit a probe to it"
            .formatted(pid, proc.resolve(Integer.toString(pid))),
        "run bpfman in the host's process namespace (hostPID: true in the pod), or attach for all processes");
  }

  /** Another namespace on the same level has processes of the same ids. */
  private boolean isSame(int pid, List<Integer> ids, int level) {
    Path here = own.resolve(ids.get(level).toString());
    return NamespaceIds.of(here).equals(Optional.of(ids.subList(level, ids.size())))
        && namespace(here).isPresent()
        && namespace(here).equals(namespace(proc.resolve(Integer.toString(pid))));
  }

  private static Optional<String> namespace(Path process) {
    try {
      return Optional.of(Files.readSymbolicLink(process.resolve("ns/pid")).toString());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
