package io.bpfman.nudge.adapter.file;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Reads text files whole and replaces them whole. */
public final class TextFiles {
  private static final int MAX_BYTES = 16 << 20;

  private TextFiles() {}

  /**
   * Text of a regular file of at most 16 MiB.
   *
   * @throws UnusableInputException when it cannot be read or is not UTF-8
   */
  public static String read(Path file) {
    Place place = Place.of(file.toString());
    if (Files.isDirectory(file)) {
      throw new UnusableInputException(place, "is a directory; expected a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return text(place, in);
    } catch (IOException e) {
      throw new UnusableInputException(place, reason(e), e);
    }
  }

  /**
   * Text of a stream, read to its end.
   *
   * @throws UnusableInputException when it is longer than 16 MiB or not UTF-8
   */
  public static String read(String name, InputStream in) {
    try {
      return text(Place.of(name), in);
    } catch (IOException e) {
      throw new UnusableInputException(Place.of(name), reason(e), e);
    }
  }

  /**
   * Replaces {@code file}, or makes it. Whoever reads it sees the old text or the new text, also
   * after a crash; its permissions stay. A symbolic link stays one.
   */
  public static void replace(Path file, String text) {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path directory = target.getParent();
      if (directory == null) {
        throw new UnusableInputException(Place.of(file.toString()), "is no file");
      }
      Path fresh = Files.createTempFile(directory, "." + target.getFileName(), ".new");
      try {
        write(fresh, target, text);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new UnusableInputException(
          Place.of(file.toString()), "cannot be written: " + detail(e), e);
    }
  }

  private static void write(Path fresh, Path target, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(
          Files.exists(target)
              ? Files.getPosixFilePermissions(target)
              : PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private static String text(Place place, InputStream in) throws IOException {
    byte[] content = in.readNBytes(MAX_BYTES + 1);
    if (content.length > MAX_BYTES) {
      throw new UnusableInputException(place, "is larger than 16 MiB");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new UnusableInputException(place, "is not UTF-8 text", e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "does not exist";
      default -> "cannot be read: " + detail(e);
    };
  }

  private static String detail(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException missing -> "its directory does not exist";
      default -> String.valueOf(e.getMessage());
    };
  }
}
