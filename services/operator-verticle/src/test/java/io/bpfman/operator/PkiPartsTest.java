package io.bpfman.operator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.adapter.files.KeyringFile;
import io.bpfman.operator.adapter.files.TokenDirectory;
import io.bpfman.operator.adapter.files.TrustFile;
import io.bpfman.operator.pki.EnrolmentVerticle;
import io.bpfman.operator.pki.core.AuthorityRules;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.Enrolment;
import io.bpfman.runtime.pki.EnrolmentSettings;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An operator without Kubernetes, as Main puts it together, and the command beside it. */
@ExtendWith(VertxExtension.class)
class PkiPartsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path state;

  private PkiParts parts() {
    return new PkiParts(
        new PkiConfig(
            Optional.of(new BindAddress("127.0.0.1", 0)),
            Optional.of(new BindAddress("127.0.0.1", 0)),
            List.of(),
            AuthorityRules.USUAL,
            Role.NODE),
        new PkiParts.Ends(
            new KeyringFile(state.resolve("ca.pem")),
            new TrustFile(OperatorConfig.bundle(state)),
            new TokenDirectory(OperatorConfig.tokens(state), InstantSource.system()),
            new PkiParts.Self("operator", member(), List.of("localhost"))));
  }

  private CertificateFiles member() {
    return new CertificateFiles(state.resolve("member"));
  }

  private int enroll(String... arguments) {
    List<String> all =
        Stream.concat(Stream.of(arguments), Stream.of("--state-dir", state.toString())).toList();
    return EnrollCommand.run(
        Map.of(), all, new EnrollCommand.Streams(new PrintStream(out), new PrintStream(err)));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private int deploy(Vertx vertx, PkiParts parts) {
    int port = 0;
    for (Deployable part :
        Stream.concat(parts.always().stream(), parts.whileLeading().stream())
            .map(supplier -> supplier.get())
            .toList()) {
      vertx.deployVerticle(part).toCompletionStage().toCompletableFuture().join();
      port = part instanceof EnrolmentVerticle enrolment ? enrolment.port() : port;
    }
    return port;
  }

  @Test
  void theOperatorHasAMembersCertificateBeforeItJoins() throws Exception {
    parts().prepare();
    CertificateSet set = member().read().orElseThrow();
    assertEquals(new PeerIdentity(Role.OPERATOR, "operator"), set.identity());
    assertTrue(
        set.own().getSubjectAlternativeNames().contains(List.of(2, Role.MEMBER_NAME)),
        set.toString());
    assertEquals("rw-------", mode(state.resolve("ca.pem")));
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aNodeEnrolsWithTheTokenOfTheCommand(Vertx vertx) throws Exception {
    int port = deploy(vertx, parts());
    assertEquals(0, enroll("worker-1", "--member"), err());
    Path token = Files.writeString(state.resolve("token"), out());
    List<CertificateSet> told = new CopyOnWriteArrayList<>();
    vertx.deployVerticle(
        new Enrolment(
            new EnrolmentSettings(
                "worker-1",
                new EnrolmentSettings.Server("localhost", port),
                new EnrolmentSettings.Given(token, OperatorConfig.bundle(state)),
                new CertificateFiles(state.resolve("node")),
                EnrolmentSettings.Times.usual()),
            told::add));
    await().atMost(Duration.ofSeconds(20)).until(() -> !told.isEmpty());
    assertEquals(new PeerIdentity(Role.MEMBER, "worker-1"), told.getLast().identity());
  }

  @Test
  void theTokenStandsAloneOnStandardOutput() {
    assertEquals(0, enroll("worker-1", "--ttl", "10m"), err());
    assertTrue(out().matches("[-_A-Za-z0-9]{43}\\R"), out());
    assertTrue(err().contains("ca.crt") && err().contains("10 min"), err());
  }

  @Test
  void wrongWordsAreAnsweredBySentences() {
    assertEquals(1, enroll());
    assertTrue(err().contains("enroll NODE"), err());
    assertEquals(1, enroll("a/b"));
    assertTrue(err().contains("no name of a node"), err());
    assertEquals(1, enroll("a", "--ttl", "1s"));
    assertEquals("", out());
  }
}
