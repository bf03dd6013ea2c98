package io.bpfman.operator.adapter.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.runtime.http.ServingCertificate;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateDirectoryTest {
  @TempDir Path directory;

  private CertificateDirectory source() {
    return new CertificateDirectory(directory);
  }

  private static void selfSigned(Path target, String keyCommand) {
    Path key = target.resolve("tls.key");
    Commands.run("sh", "-c", "openssl " + keyCommand + " >" + key);
    Commands.run(
        "openssl",
        "req",
        "-new",
        "-x509",
        "-subj",
        "/CN=x",
        "-days",
        "2",
        "-key",
        key.toString(),
        "-out",
        target.resolve("tls.crt").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          genrsa -traditional 2048 | BEGIN RSA PRIVATE KEY
          genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 | BEGIN PRIVATE KEY
          ecparam -name prime256v1 -genkey | BEGIN EC PRIVATE KEY
          genpkey -algorithm ED25519 | BEGIN PRIVATE KEY
          """)
  void everyFormOfKeyIsRead(String command, String form) throws IOException {
    selfSigned(directory, command);
    assertTrue(Files.readString(directory.resolve("tls.key")).contains(form));
    ServingCertificate found = source().read().orElseThrow();
    assertTrue(found.key().startsWith("-----BEGIN PRIVATE KEY-----"));
    assertEquals(Files.readString(directory.resolve("tls.crt")), found.chain());
  }

  @Test
  void aLinkThatIsMovedBringsBothFilesAtOnce() throws IOException {
    for (String name : List.of("one", "two")) {
      selfSigned(
          Files.createDirectory(directory.resolve(name)), "ecparam -name prime256v1 -genkey");
    }
    Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("one"));
    Files.createSymbolicLink(directory.resolve("tls.crt"), Path.of("..data/tls.crt"));
    Files.createSymbolicLink(directory.resolve("tls.key"), Path.of("..data/tls.key"));
    Optional<ServingCertificate> first = source().read();
    Files.delete(data);
    Files.createSymbolicLink(data, Path.of("two"));
    assertFalse(first.equals(source().read()));
    assertEquals(Files.readString(directory.resolve("two/tls.crt")), source().read().get().chain());
  }

  @Test
  void anEmptyDirectoryHasNoneYet() {
    assertEquals(Optional.empty(), source().read());
    assertFalse(source().isUsed());
  }

  @Test
  void whatCannotBeUsedIsNamed() throws IOException {
    selfSigned(directory, "ecparam -name prime256v1 -genkey");
    Files.delete(directory.resolve("tls.key"));
    assertTrue(refusal().contains("no certificate can be read in " + directory), refusal());
    Commands.run(
        "sh", "-c", "openssl ecparam -name prime256v1 -genkey >" + directory.resolve("tls.key"));
    assertTrue(refusal().contains("tls.key does not belong to the certificate"), refusal());
    Commands.run("sh", "-c", "openssl genrsa 2048 >" + directory.resolve("tls.key"));
    assertTrue(refusal().contains("tls.key does not belong to the certificate"), refusal());
    Files.writeString(directory.resolve("tls.key"), "nonsense");
    assertTrue(refusal().contains("tls.key has no key without password"), refusal());
    Files.writeString(directory.resolve("tls.crt"), "nonsense");
    assertTrue(refusal().contains("tls.crt has no certificate"), refusal());
  }

  private String refusal() {
    return assertThrows(IllegalStateException.class, () -> source().read()).getMessage();
  }
}
