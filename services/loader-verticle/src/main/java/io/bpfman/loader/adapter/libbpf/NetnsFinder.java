package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ways into network namespaces that are known by their inode: a mount somewhere, or a process that
 * lives there. Thread-safe.
 */
final class NetnsFinder {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Path MOUNTS = Path.of("/proc/thread-self/mountinfo");

  /** Fields 4 and 5 of proc_pid_mountinfo(5), root and mount point, of an nsfs mount. */
  private static final Pattern MOUNT = Pattern.compile("\\S+ \\S+ \\S+ net:\\[([0-9]+)] (\\S+) .*");

  private static final Pattern LINK = Pattern.compile("net:\\[([0-9]+)]");

  /** A namespace without mount and process does not get one again, so that this may be long. */
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private record Scan(long at, Map<Long, Path> ways) {}

  private @Nullable Scan last;

  /** Empty when no mount and no process leads there. */
  Optional<Path> way(long inode) {
    return Optional.ofNullable(scan(inode).get(inode));
  }

  private synchronized Map<Long, Path> scan(long wanted) {
    Scan before = last;
    if (before != null && System.nanoTime() - before.at() < FRESH_NANOS) {
      Path way = before.ways().get(wanted);
      if (way == null || leadsTo(way, wanted)) {
        return before.ways();
      }
    }
    Map<Long, Path> ways = mounts();
    processes().forEach(ways::putIfAbsent);
    last = new Scan(System.nanoTime(), ways);
    return ways;
  }

  private static boolean leadsTo(Path way, long inode) {
    return NetnsInode.of(way).orElse(0) == inode;
  }

  private static Map<Long, Path> mounts() {
    Map<Long, Path> ways = new HashMap<>();
    try {
      for (String line : Files.readAllLines(MOUNTS)) {
        Matcher mount = MOUNT.matcher(line);
        if (mount.matches()) {
          ways.putIfAbsent(Long.parseLong(mount.group(1)), Path.of(unescape(mount.group(2))));
        }
      }
      return ways;
    } catch (IOException e) {
      throw unreadable(MOUNTS, e);
    }
  }

  /** Blanks, tabs, line feeds and backslashes are written in octal. */
  private static String unescape(String field) {
    return Pattern.compile("\\\\([0-7]{3})")
        .matcher(field)
        .replaceAll(
            octal ->
                Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(octal.group(1), Byte.SIZE))));
  }

  private static Map<Long, Path> processes() {
    Map<Long, Path> ways = new HashMap<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : found) {
        Path way = process.resolve("ns/net");
        inode(way).ifPresent(inode -> ways.putIfAbsent(inode, way));
      }
      return ways;
    } catch (IOException e) {
      throw unreadable(PROCESSES, e);
    }
  }

  /** Empty for processes that ended meanwhile, and for those that this one may not look at. */
  private static Optional<Long> inode(Path way) {
    try {
      Matcher link = LINK.matcher(Files.readSymbolicLink(way).toString());
      return link.matches() ? Optional.of(Long.parseLong(link.group(1))) : Optional.empty();
    } catch (IOException endedOrForeign) {
      return Optional.empty();
    }
  }

  private static RuntimeException unreadable(Path what, IOException cause) {
    return FailureCode.KERNEL_REFUSED.because(
        "cannot look for network namespaces in %s: %s".formatted(what, cause.getMessage()),
        "mount /proc",
        cause);
  }
}
