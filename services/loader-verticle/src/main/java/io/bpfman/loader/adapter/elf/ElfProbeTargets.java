package io.bpfman.loader.adapter.elf;

import io.bpfman.loader.adapter.host.HostView;
import io.bpfman.loader.port.ProbeTargets;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import io.bpfman.model.ProbedTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds probe targets in files, without helper programs and without caches. Stateless and
 * thread-safe; blocks, commonly for some milliseconds. A container can exchange a file between the
 * answer and its use; {@link #changed} tells.
 */
public final class ElfProbeTargets implements ProbeTargets {
  private final HostView host;
  private final TargetPaths paths;
  private final TargetChanges changes;

  public ElfProbeTargets(HostView host) {
    this.host = host;
    this.paths = new TargetPaths(host);
    this.changes = new TargetChanges(host, paths);
  }

  @Override
  public Place find(AttachSpec.Uprobe spec) {
    String function = spec.function();
    if (spec.offset() < 0 || (function == null && spec.offset() == 0)) {
      throw FailureCode.INVALID_REQUEST.because(
          "probe of %s has neither a function nor an offset above 0".formatted(spec.target()),
          "give a function name, or the offset of an instruction from the start of the file");
    }
    try {
      TargetPaths.Found found = paths.find(spec);
      ProbedTarget target = changes.record(spec, found);
      Path file = found.file();
      long offset =
          function == null ? plain(file, spec.offset()) : symbol(file, function, spec.offset());
      return new Place(target, offset, process(spec.pid()));
    } catch (IOException | InvalidPathException e) {
      throw unreadable(spec, e);
    }
  }

  private int process(@Nullable Integer pid) {
    return pid == null ? Place.EVERY_PROCESS : host.processes().ownId(pid);
  }

  @Override
  public Optional<String> changed(AttachSpec.Uprobe spec, ProbedTarget recorded) {
    try {
      return changes.since(spec, recorded);
    } catch (IOException | InvalidPathException e) {
      throw unreadable(spec, e);
    }
  }

  private static long plain(Path file, long offset) throws IOException {
    if (offset >= Files.size(file)) {
      throw FailureCode.INVALID_REQUEST.because(
          "offset %d is outside of %s, which has %d bytes"
              .formatted(offset, file, Files.size(file)),
          "give an offset from the start of the file");
    }
    return offset;
  }

  private static long symbol(Path file, String name, long offset) throws IOException {
    try (ElfImage image = ElfImage.open(file)) {
      FunctionFinder finder = new FunctionFinder(image);
      FunctionFinder.Function found = name.isEmpty() ? null : finder.find(name).orElse(null);
      if (found == null || found.indirect()) {
        throw absent(file, name, found, finder.near(name));
      }
      if (found.size() > 0 && offset >= found.size()) {
        throw FailureCode.INVALID_REQUEST.because(
            "offset %d is outside of function %s of %s, which has %d bytes"
                .formatted(offset, name, file, found.size()),
            "give an offset from the start of the function");
      }
      return fileOffset(image, found.address()) + offset;
    } catch (ElfFormatException e) {
      throw FailureCode.TARGET_NOT_FOUND.because(
          "probe target %s %s".formatted(file, e.getMessage()),
          "give a 64-bit ELF binary or library of this machine",
          e);
    }
  }

  private static long fileOffset(ElfImage image, long address)
      throws IOException, ElfFormatException {
    for (ElfImage.Segment segment : image.segments()) {
      long inside = address - segment.address();
      if (inside >= 0 && inside < segment.fileSize()) {
        return inside + segment.offset();
      }
    }
    throw ElfFormatException.damaged(
        "address 0x%x of the function is in no loaded segment".formatted(address));
  }

  private static BpfmanException absent(
      Path file, String name, FunctionFinder.@Nullable Function found, List<String> near) {
    String what =
        found == null
            ? "%s has no function \"%s\"".formatted(file, name)
            : "function \"%s\" of %s is chosen when the program starts (IFUNC) and has no fixed place"
                .formatted(name, file);
    return FailureCode.SYMBOL_NOT_FOUND.because(
        what,
        near.isEmpty()
            ? "the binary names no functions (stripped); give an offset from the start of the file"
            : "nearest names there: " + NearNames.list(near));
  }

  private static BpfmanException unreadable(AttachSpec.Uprobe spec, Exception cause) {
    return FailureCode.TARGET_NOT_FOUND.because(
        "probe target %s cannot be read: %s".formatted(spec.target(), cause),
        "check that it exists and that the daemon may read it; files of other containers need CAP_SYS_PTRACE",
        cause);
  }
}
