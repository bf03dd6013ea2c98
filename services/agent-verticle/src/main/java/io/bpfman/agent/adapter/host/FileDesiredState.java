package io.bpfman.agent.adapter.host;

import io.bpfman.agent.port.DesiredStateFile;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** One file, written beside itself and renamed, so that a crash leaves the old or the new one. */
public final class FileDesiredState implements DesiredStateFile {
  /** Global data of applications may be nobody else's business. */
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path file;

  public FileDesiredState(Path file) {
    this.file = file;
  }

  @Override
  public Optional<SignedDesiredState> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SignedDesiredState.parseFrom(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw FailureCode.STORE_FAILED.because(
          "the saved desired state %s cannot be read".formatted(file),
          "remove it; the operator sends it again",
          e);
    }
  }

  @Override
  public void write(SignedDesiredState state) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.deleteIfExists(fresh);
      try (FileChannel channel = FileChannel.open(fresh, NEW, OWNER_ONLY)) {
        ByteBuffer content = ByteBuffer.wrap(state.toByteArray());
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FailureCode.STORE_FAILED.because(
          "the desired state cannot be saved to %s".formatted(file),
          "make the directory writable for the agent, with space left",
          e);
    }
  }
}
