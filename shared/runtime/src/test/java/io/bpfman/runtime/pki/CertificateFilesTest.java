package io.bpfman.runtime.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
  private final TestAuthority authority = new TestAuthority("ca");
  private final CertificateSet first = authority.set(new PeerIdentity(Role.NODE, "a"));
  private final CertificateSet second = authority.set(new PeerIdentity(Role.NODE, "a"));
  @TempDir Path temporary;
  private Path directory;
  private CertificateFiles files;

  @BeforeEach
  void name() {
    directory = temporary.resolve("deep/pki");
    files = new CertificateFiles(directory);
  }

  private void plain(CertificateSet set) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("ca.crt"), Pem.write(set.authorities()));
    Files.writeString(directory.resolve("tls.crt"), Pem.write(set.chain()));
    Files.writeString(directory.resolve("tls.key"), Pem.write(set.key()));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void whatIsWrittenIsReadByName() throws IOException {
    assertEquals(Optional.empty(), files.read());
    files.write(first);
    assertEquals(Optional.of(first), files.read());
    assertEquals(Pem.write(first.key()), Files.readString(directory.resolve("tls.key")));
    assertEquals(Pem.write(first.chain()), Files.readString(directory.resolve("tls.crt")));
    assertEquals(Pem.write(first.authorities()), Files.readString(directory.resolve("ca.crt")));
  }

  @Test
  void onlyTheOwnerReads() throws IOException {
    files.write(first);
    assertEquals("rwx------", mode(directory));
    Path version = directory.resolve("tls.key").toRealPath().getParent();
    assertEquals("rwx------", mode(version));
    for (String name : new String[] {"ca.crt", "tls.crt", "tls.key"}) {
      assertEquals("rw-------", mode(directory.resolve(name)));
    }
  }

  @Test
  void oldVersionsGo() throws IOException {
    files.write(first);
    files.write(second);
    files.write(first);
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(5, left.count());
    }
    assertEquals(Optional.of(first), files.read());
  }

  @Test
  void plainFilesAreReadAndTakenOver() throws IOException {
    plain(first);
    assertEquals(Optional.of(first), files.read());
    files.write(second);
    assertEquals(Optional.of(second), files.read());
    assertEquals(Pem.write(second.key()), Files.readString(directory.resolve("tls.key")));
  }

  @Test
  void aTornPairIsRefused() throws IOException {
    plain(first);
    Files.writeString(directory.resolve("tls.crt"), Pem.write(second.chain()));
    IllegalStateException thrown = assertThrows(IllegalStateException.class, files::read);
    assertTrue(thrown.getMessage().contains(directory.toString()), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("does not belong"), thrown.getMessage());
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
    plain(first);
    TestAuthority foreign = new TestAuthority("ca");
    Files.writeString(directory.resolve("ca.crt"), Pem.write(foreign.certificate()));
    assertThrows(IllegalStateException.class, files::read);
  }

  @Test
  void halfWrittenFilesAreRefused() throws IOException {
    plain(first);
    Files.writeString(directory.resolve("tls.key"), Pem.write(first.key()).substring(0, 80));
    assertThrows(IllegalStateException.class, files::read);
    Files.delete(directory.resolve("tls.key"));
    assertThrows(IllegalStateException.class, files::read);
  }

  @Test
  void aReaderMeetsWholeSetsOnlyWhileAWriterReplacesThem() throws Exception {
    files.write(first);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              int reads = 0;
              for (; !done.get(); reads++) {
                CertificateSet read = new CertificateFiles(directory).read().orElseThrow();
                assertTrue(read.equals(first) || read.equals(second));
              }
              return reads;
            });
    for (int i = 0; i < 40; i++) {
      files.write(i % 2 == 0 ? second : first);
    }
    done.set(true);
    assertTrue(reader.get() > 0);
  }

  @Test
  void aWatchTellsEachChangeOnce() throws IOException {
    CertificateWatch watch = new CertificateWatch(new CertificateFiles(directory));
    assertEquals(Optional.empty(), watch.changed());
    files.write(first);
    assertEquals(Optional.of(first), watch.changed());
    assertEquals(Optional.empty(), watch.changed());
    files.write(second);
    assertEquals(Optional.of(second), watch.changed());
    assertEquals(Optional.empty(), watch.changed());
  }

  @Test
  void aWatchTellsATornPairOnce() throws IOException {
    plain(first);
    CertificateWatch watch = new CertificateWatch(files);
    assertEquals(Optional.of(first), watch.changed());
    Files.writeString(directory.resolve("tls.crt"), Pem.write(second.chain()) + "\n");
    assertThrows(IllegalStateException.class, watch::changed);
    assertEquals(Optional.empty(), watch.changed());
    Files.writeString(directory.resolve("tls.key"), Pem.write(second.key()) + "\n");
    assertEquals(Optional.of(second), watch.changed());
  }

  @Test
  void keysAreNotPrinted() {
    assertFalse(first.toString().contains("PRIVATE"), first.toString());
  }
}
