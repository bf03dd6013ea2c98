package io.bpfman.loader.adapter.elf;

import io.bpfman.loader.adapter.host.HostView;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.FileIdentity;
import io.bpfman.model.ProbedTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what a probe was attached to with what its names mean now. */
final class TargetChanges {
  private final HostView host;
  private final TargetPaths paths;

  TargetChanges(HostView host, TargetPaths paths) {
    this.host = host;
    this.paths = paths;
  }

  /** What names mean now, to be recorded. */
  ProbedTarget record(AttachSpec.Uprobe spec, TargetPaths.Found found) throws IOException {
    return new ProbedTarget(
        found.inside().toString(),
        found.file().toString(),
        FileIdentities.of(found.file()),
        started(spec.pid()),
        started(spec.containerPid()));
  }

  private long started(@Nullable Integer pid) {
    return pid == null ? 0 : host.processes().started(pid);
  }

  /** One sentence without its end; empty when they mean the same. */
  Optional<String> since(AttachSpec.Uprobe spec, ProbedTarget recorded) throws IOException {
    if (hasEnded(spec.pid(), recorded.pidStarted())) {
      return Optional.of(
          "process %d, to which it is limited, has ended (%s)"
              .formatted(spec.pid(), host.processes().proc()));
    }
    if (hasEnded(spec.containerPid(), recorded.containerStarted())) {
      return Optional.of(
          "process %d, in whose container the file is, has ended (%s)"
              .formatted(spec.containerPid(), host.processes().proc()));
    }
    try {
      return compare(paths.again(spec, Path.of(recorded.path())), recorded);
    } catch (BpfmanException e) {
      // The process ended just now.
      if (e.code() == FailureCode.TARGET_NOT_FOUND) {
        return Optional.of(e.failure().message());
      }
      throw e;
    }
  }

  private boolean hasEnded(@Nullable Integer pid, long started) {
    return pid != null && !host.processes().lives(pid, started);
  }

  private static Optional<String> compare(Path now, ProbedTarget recorded) throws IOException {
    Optional<FileIdentity> found = FileIdentities.find(now);
    FileIdentity before = recorded.identity();
    String path = recorded.path();
    if (found.isEmpty()) {
      return Optional.of("the file %s was removed since".formatted(path));
    }
    if (!found.get().isSameFile(before)) {
      String place =
          now.toString().equals(recorded.file()) ? "" : ": it leads to %s now".formatted(now);
      return Optional.of("the file %s was replaced since%s".formatted(path, place));
    }
    return found.get().equals(before)
        ? Optional.empty()
        : Optional.of(
            "the file %s was written over since: it has %d bytes of %s, not %d of %s"
                .formatted(
                    path, found.get().size(), time(found.get()), before.size(), time(before)));
  }

  private static Instant time(FileIdentity identity) {
    return Instant.EPOCH.plusNanos(identity.modified());
  }
}
