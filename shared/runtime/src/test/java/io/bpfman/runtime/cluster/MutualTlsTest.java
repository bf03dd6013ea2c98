package io.bpfman.runtime.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import io.bpfman.runtime.pki.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members whose every connection is mutual TLS, with the certificates of today and tomorrow. */
@Timeout(180)
class MutualTlsTest {
  private static final PeerIdentity OPERATOR = new PeerIdentity(Role.OPERATOR, "one");
  private static final PeerIdentity MEMBER = new PeerIdentity(Role.MEMBER, "node-1");

  private final String cluster = "test-" + UUID.randomUUID();
  private final int port = TestMember.freePort();
  @TempDir Path directory;

  @Test
  void membersTalkAndNewCertificatesAndANewAuthorityAreUsedWithoutARejoin() throws IOException {
    TestAuthority old = new TestAuthority("old");
    Path operatorFiles = files("operator", old.set(OPERATOR));
    Path agentFiles = files("agent", old.set(MEMBER));
    try (TestMember operator = TestMember.joined(config(true, operatorFiles));
        TestMember agent = TestMember.joined(config(false, agentFiles))) {
      operator.echo("operator");
      agent.echo("agent");
      await().atMost(TestMember.LIMIT).until(() -> operator.hears("agent"));
      await().atMost(TestMember.LIMIT).until(() -> agent.hears("operator"));

      TestAuthority fresh = new TestAuthority("fresh");
      write(operatorFiles, trusting(old.set(OPERATOR), old, fresh));
      write(agentFiles, trusting(old.set(MEMBER), old, fresh));
      Path lateFiles =
          files("late", trusting(fresh.set(new PeerIdentity(Role.MEMBER, "late")), old, fresh));
      try (TestMember late = TestMember.joined(config(false, lateFiles))) {
        late.echo("late");
        await().atMost(TestMember.LIMIT).until(() -> late.hears("operator") && late.hears("agent"));
        await().atMost(TestMember.LIMIT).until(() -> operator.hears("late") && agent.hears("late"));
      }
      assertEquals(List.of("joined"), operator.told());
      assertEquals(List.of("joined"), agent.told());
    }
  }

  @Test
  void halfAChangeOfTheFilesKeepsTheCertificatesOfBefore() throws IOException {
    TestAuthority authority = new TestAuthority("test");
    Path plain = Files.createDirectory(directory.resolve("plain"));
    CertificateSet set = authority.set(OPERATOR);
    copyOneByOne(set, plain);
    try (TestMember operator = TestMember.joined(config(true, plain))) {
      operator.echo("operator");
      copyKeyOnly(authority.set(OPERATOR), plain);
      Path agentFiles = files("agent", authority.set(MEMBER));
      try (TestMember agent = TestMember.joined(config(false, agentFiles))) {
        await().atMost(TestMember.LIMIT).until(() -> agent.hears("operator"));
      }
    }
  }

  @Test
  void aMemberWithoutCertificatesTriesAgainUntilThereAreSome() throws IOException {
    Path late = directory.resolve("late");
    try (TestMember operator = TestMember.start(config(true, late))) {
      await().atMost(TestMember.LIMIT).until(() -> !operator.told().isEmpty());
      assertTrue(
          operator.told().getFirst().contains("there are none yet"), operator.told()::toString);
      write(late, new TestAuthority("test").set(OPERATOR));
      await().atMost(TestMember.LIMIT).until(operator::isJoined);
    }
  }

  private ClusterConfig config(boolean data, Path tls) {
    return TestMember.config(cluster, port, data, tls);
  }

  private Path files(String name, CertificateSet set) {
    Path place = directory.resolve(name);
    write(place, set);
    return place;
  }

  private static void write(Path place, CertificateSet set) {
    new CertificateFiles(place).write(set);
  }

  private static CertificateSet trusting(CertificateSet set, TestAuthority... authorities) {
    return new CertificateSet(
        set.chain(),
        set.key(),
        List.of(authorities).stream().map(TestAuthority::certificate).toList());
  }

  private void copyOneByOne(CertificateSet set, Path to) throws IOException {
    Path from = files("whole", set);
    for (String name :
        List.of(CertificateFiles.AUTHORITIES, CertificateFiles.CERTIFICATE, CertificateFiles.KEY)) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
  }

  private void copyKeyOnly(CertificateSet set, Path to) throws IOException {
    Path from = files("other", set);
    Files.writeString(to.resolve(CertificateFiles.KEY), Files.readString(from.resolve("tls.key")));
  }
}
