package io.bpfman.runtime.pki;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code ca.crt}, {@code tls.crt} and {@code tls.key} of a directory. All three change at once, as
 * those that the kubelet mounts: they are links through {@code ..data} to a directory of their
 * version. A directory of plain files is read as well. One process writes; any may read. Blocks.
 */
public final class CertificateFiles {
  /** The authorities that the holder trusts. */
  public static final String AUTHORITIES = "ca.crt";

  /** The holder's own certificate, then what is between it and the authority. */
  public static final String CERTIFICATE = "tls.crt";

  /** Its key; PKCS #8. */
  public static final String KEY = "tls.key";

  private static final List<String> NAMES = List.of(AUTHORITIES, CERTIFICATE, KEY);
  private static final String CURRENT = "..data";
  private static final String NEXT = "..next";
  private static final String VERSION = "..version-";

  /** A version may vanish under a reader; the next one is there then. */
  private static final int READS = 3;

  private final Path directory;

  /** Touches nothing. */
  public CertificateFiles(Path directory) {
    this.directory = directory;
  }

  public Path directory() {
    return directory;
  }

  /**
   * What is there; empty when there is no certificate.
   *
   * @throws IllegalStateException when it cannot be read, or does not fit together, as in the
   *     middle of a change by somebody who replaces file after file: what was read before is to be
   *     kept
   */
  public Optional<CertificateSet> read() {
    NoSuchFileException vanished = null;
    for (int i = 0; i < READS; i++) {
      try {
        Path place = place();
        if (!Files.exists(place.resolve(CERTIFICATE))) {
          return Optional.empty();
        }
        return Optional.of(
            CertificateSet.read(
                Files.readString(place.resolve(CERTIFICATE)),
                Files.readString(place.resolve(KEY)),
                Files.readString(place.resolve(AUTHORITIES))));
      } catch (NoSuchFileException e) {
        vanished = e;
      } catch (IOException | IllegalArgumentException e) {
        throw unusable(e);
      }
    }
    throw unusable(vanished == null ? new IOException("no files") : vanished);
  }

  private IllegalStateException unusable(Exception cause) {
    return new IllegalStateException(
        "the certificates in %s cannot be used: %s".formatted(directory, cause.getMessage()),
        cause);
  }

  private Path place() throws IOException {
    Path current = directory.resolve(CURRENT);
    return Files.exists(current) ? current.toRealPath() : directory;
  }

  /**
   * What changes whenever the files do: place, size and time of each. Equal stamps: no need to
   * read. The same while there are no files.
   */
  public String stamp() {
    StringBuilder stamp = new StringBuilder();
    try {
      Path place = place();
      stamp.append(place);
      for (String name : NAMES) {
        BasicFileAttributes file =
            Files.readAttributes(place.resolve(name), BasicFileAttributes.class);
        stamp.append(' ').append(file.size()).append('@').append(file.lastModifiedTime());
      }
    } catch (IOException e) {
      // Files that are not there yet are a state like any other; read() tells what is wrong.
      return "none: " + e.getClass().getSimpleName();
    }
    return stamp.toString();
  }

  /**
   * Replaces all three at once, with modes 0600 and 0700; on disk when this returns.
   *
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID when the directory cannot be
   *     written; what was there before is there still
   */
  public synchronized void write(CertificateSet set) {
    try {
      Files.createDirectories(directory, ownerOnly("rwx------"));
      Path version = Files.createTempDirectory(directory, VERSION, ownerOnly("rwx------"));
      store(version.resolve(KEY), Pem.write(set.key()));
      store(version.resolve(CERTIFICATE), Pem.write(set.chain()));
      store(version.resolve(AUTHORITIES), Pem.write(set.authorities()));
      sync(version);
      link(CURRENT, version.getFileName());
      for (String name : NAMES) {
        Path file = directory.resolve(name);
        if (!Files.isSymbolicLink(file)) {
          link(name, Path.of(CURRENT, name));
        }
      }
      sync(directory);
      removeAllBut(version);
    } catch (IOException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "certificates cannot be written to %s: %s".formatted(directory, e),
          "make the directory writable for this user",
          e);
    }
  }

  private static FileAttribute<?> ownerOnly(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  private static void store(Path file, String text) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, ownerOnly("rw-------"))) {
      ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void link(String name, Path target) throws IOException {
    Path next = directory.resolve(NEXT);
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, target);
    Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private void removeAllBut(Path version) throws IOException {
    List<Path> old = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      all.filter(path -> path.getFileName().toString().startsWith(VERSION))
          .filter(path -> !path.getFileName().equals(version.getFileName()))
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(old::add);
    }
    for (Path path : old) {
      for (String name : NAMES) {
        Files.deleteIfExists(path.resolve(name));
      }
      Files.deleteIfExists(path);
    }
  }
}
