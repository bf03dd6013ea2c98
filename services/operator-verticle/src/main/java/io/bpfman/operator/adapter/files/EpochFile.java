package io.bpfman.operator.adapter.files;

import io.bpfman.model.FailureCode;
import io.bpfman.operator.core.Epochs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Remembers the last epoch of an operator that is alone, for when the clock was set back. */
public final class EpochFile implements LongSupplier {
  private final Path file;
  private final InstantSource wall;

  public EpochFile(Path file, InstantSource wall) {
    this.file = file;
    this.wall = wall;
  }

  /**
   * A larger number than ever before. Blocks.
   *
   * @throws io.bpfman.model.BpfmanException the file cannot be read or written, or holds no number
   */
  @Override
  public long getAsLong() {
    try {
      long next = Epochs.next(last(), wall.instant());
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.createDirectories(draft.getParent());
      Files.writeString(draft, Long.toString(next));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      return next;
    } catch (IOException | NumberFormatException e) {
      throw FailureCode.STORE_FAILED.because(
          "the epoch in " + file + " cannot be read or written: " + e.getMessage(),
          "remove the file; the operator then begins with the time of day",
          e);
    }
  }

  private long last() throws IOException {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (NoSuchFileException none) {
      return 0;
    }
  }
}
