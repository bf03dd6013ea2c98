package io.bpfman.operator.pki;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.pki.core.AuthorityRules;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.EnrolmentSettings.Given;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Pem;
import io.bpfman.runtime.pki.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node's client against the operator's server, by name. */
class NodeEnrolmentTest {
  private static final PeerIdentity NODE = new PeerIdentity(Role.NODE, "node-a");

  private final List<CertificateSet> told = new CopyOnWriteArrayList<>();
  @TempDir Path directory;
  private EnrolmentLab lab;
  private Path token;
  private Path authorities;

  @BeforeEach
  void serve() throws Exception {
    lab = new EnrolmentLab(directory, AuthorityRules.USUAL).serve();
    token = directory.resolve("token");
    authorities = directory.resolve("ca.crt");
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private void start(Path ca) throws Exception {
    lab.node("node-a", new Given(token, ca), told::add);
  }

  private CertificateSet got() {
    await().until(() -> !told.isEmpty());
    return told.getLast();
  }

  /** As if it had been made so long ago, with {@code life}. */
  private CertificateSet old(AuthorityRules rules, Duration ago) {
    Instant then = Instant.now().minus(ago);
    return lab.certificate(lab.keeper(directory, rules, () -> then), NODE);
  }

  @Test
  void aNodeWithATokenEnrolsOnce() throws Exception {
    Files.writeString(token, lab.token("node-a") + "\n");
    start(authorities);
    assertEquals(NODE, got().identity());
    assertEquals(Optional.of(got()), lab.files("node-a").read());
    assertEquals(1, told.size());
  }

  @Test
  void itWaitsForTheTokenAsLongAsItTakes() throws Exception {
    start(authorities);
    Files.writeString(token, "wrong");
    Files.writeString(token, lab.token("node-a"));
    assertEquals(NODE, got().identity());
  }

  @Test
  void nobodyIsTrustedWithoutAnAuthority() throws Exception {
    Files.writeString(token, lab.token("node-a"));
    Path later = directory.resolve("later.crt");
    start(later);
    await().pollDelay(Duration.ofMillis(500)).until(told::isEmpty);
    Files.copy(authorities, later);
    assertEquals(NODE, got().identity());
  }

  @Test
  void anOperatorOfAnotherAuthorityGetsNoToken() throws Exception {
    Files.writeString(token, lab.token("node-a"));
    AuthorityKeeper foreign =
        lab.keeper(directory.resolve("foreign"), AuthorityRules.USUAL, Instant::now);
    Path other = directory.resolve("other.crt");
    Files.writeString(other, Pem.write(foreign.authorities().certificates()));
    start(other);
    await().pollDelay(Duration.ofMillis(500)).until(told::isEmpty);
  }

  @Test
  void aCertificateThatIsDueIsRenewedWithoutAToken() throws Exception {
    CertificateSet old = old(AuthorityRules.USUAL, Duration.ofHours(23));
    lab.files("node-a").write(old);
    start(null);
    await().until(() -> told.size() > 1);
    assertEquals(old, told.getFirst());
    assertNotEquals(old.own(), got().own());
    assertEquals(NODE, got().identity());
  }

  @Test
  void aCertificateThatIsNotDueIsKept() throws Exception {
    CertificateSet young = old(AuthorityRules.USUAL, Duration.ofHours(1));
    lab.files("node-a").write(young);
    start(null);
    assertEquals(young, got());
    await().pollDelay(Duration.ofMillis(300)).until(() -> told.size() == 1);
  }

  @Test
  void aCertificateThatIsOverIsReplacedByToken() throws Exception {
    lab.files("node-a").write(old(AuthorityRules.USUAL, Duration.ofHours(25)));
    Files.writeString(token, lab.token("node-a"));
    start(authorities);
    await().until(() -> told.size() > 1);
    assertTrue(got().own().getNotAfter().toInstant().isAfter(Instant.now()));
  }

  @Test
  void aNodeOfALostAuthorityComesBackByToken() throws Exception {
    AuthorityKeeper lost =
        lab.keeper(
            directory.resolve("lost"),
            AuthorityRules.USUAL,
            () -> Instant.now().minus(Duration.ofHours(20)));
    lab.files("node-a").write(lab.certificate(lost, NODE));
    Files.writeString(token, lab.token("node-a"));
    start(authorities);
    await().until(() -> told.size() > 1);
    assertEquals(lab.keeper.authorities().certificates(), got().authorities());
  }

  @Test
  void whatIsOnDiskStaysWhileNobodyAnswers() throws Exception {
    CertificateSet due = old(AuthorityRules.USUAL, Duration.ofHours(20));
    lab.files("node-a").write(due);
    lab.stopServing();
    start(authorities);
    assertEquals(due, got());
    await().pollDelay(Duration.ofMillis(500)).until(() -> told.size() == 1);
    assertEquals(Optional.of(due), lab.files("node-a").read());
  }

  @Test
  void brokenFilesAreReplaced() throws Exception {
    Path broken = lab.files("node-a").directory();
    Files.createDirectories(broken);
    Files.writeString(broken.resolve("tls.crt"), "nonsense");
    Files.writeString(token, lab.token("node-a"));
    start(authorities);
    assertEquals(NODE, got().identity());
  }
}
