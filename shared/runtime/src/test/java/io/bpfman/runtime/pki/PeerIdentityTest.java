package io.bpfman.runtime.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.pki.TestAuthority.Lifetime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdentityTest {
  private final TestAuthority authority = new TestAuthority("ca");

  private X509Certificate with(String... uris) {
    List<GeneralName> names =
        List.of(uris).stream()
            .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
            .toList();
    return issued(names);
  }

  private X509Certificate issued(List<GeneralName> names) {
    return authority.issue(KeyPairs.fresh().getPublic(), Lifetime.of(Duration.ofHours(1)), names);
  }

  private static String refused(X509Certificate certificate) {
    BpfmanException thrown =
        assertThrows(BpfmanException.class, () -> PeerIdentity.of(certificate));
    assertEquals(FailureCode.PERMISSION_DENIED, thrown.failure().code());
    return thrown.getMessage();
  }

  @ParameterizedTest
  @EnumSource
  void aCertificateNamesItsHolder(Role role) {
    PeerIdentity identity = new PeerIdentity(role, "worker-1.example.org");
    assertEquals(identity, authority.set(identity).identity());
  }

  @Test
  void aNodesCertificateHasNoNameThatAMemberIsCheckedFor() throws Exception {
    CertificateSet node = authority.set(new PeerIdentity(Role.NODE, "member.bpfman"));
    assertTrue(
        node.own().getSubjectAlternativeNames().stream()
            .noneMatch(name -> name.get(0).equals(GeneralName.dNSName)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bpfman://node/",
        "bpfman://node/a/b",
        "bpfman://node/a%2Fb",
        "bpfman://node/-a",
        "bpfman://king/a",
        "bpfman:node/a",
        "spiffe://node/a"
      })
  void otherUrisNameNobody(String uri) {
    refused(with(uri));
  }

  @Test
  void twoNamesOrNoneAreRefused() {
    assertTrue(refused(with("bpfman://node/a", "bpfman://node/b")).contains("has 2 names"));
    assertTrue(refused(issued(List.of(new GeneralName(GeneralName.dNSName, "a")))).contains("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {Role.MEMBER_NAME, Role.EDGE_NAME})
  void aNodeWithTheNameOfAnotherRoleIsRefused(String name) {
    CertificateSet forged = authority.set(new PeerIdentity(Role.NODE, "a"), name);
    assertTrue(refused(forged.own()).contains("of a node and of a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../a", "a/b", "\n", "-", "a\u0000"})
  void namesThatNoHostHasAreRefused(String name) {
    assertThrows(BpfmanException.class, () -> new PeerIdentity(Role.NODE, name));
  }

  @Test
  void namesAreBounded() {
    new PeerIdentity(Role.NODE, "a".repeat(253));
    assertThrows(BpfmanException.class, () -> new PeerIdentity(Role.NODE, "a".repeat(254)));
  }
}
