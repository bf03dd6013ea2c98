package io.bpfman.operator.pki.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.runtime.pki.CertificateSet;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hours as seconds: an authority of 240 s, certificates of 24 s. */
class AuthorityRulesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LEAF = Duration.ofSeconds(24);

  private final AuthorityRules rules = new AuthorityRules(Duration.ofSeconds(240), LEAF);
  private final CertificateMaker maker = new BouncyCastleMaker();
  private final Authorities first = rules.begin(maker, START);

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private X509Certificate leaf(Authorities authorities, Instant now) {
    Identity signing = rules.signing(authorities, now);
    Leaf leaf =
        new Leaf(
            "x", maker.newPair().getPublic(), List.of("a"), List.of(), Set.of(Leaf.Use.CLIENT));
    return maker.leaf(signing, leaf, rules.leafValidity(signing, now));
  }

  private static boolean trusts(Authorities authorities, X509Certificate certificate) {
    return authorities.certificates().stream()
        .anyMatch(ca -> CertificateSet.isSigned(certificate, ca));
  }

  @Test
  void nothingChangesBeforeTwoThirdsOfTheLife() {
    assertEquals(first, rules.next(first, maker, at(150)));
    assertEquals(2, rules.next(first, maker, at(160)).all().size());
  }

  @Test
  void aNewAuthoritySignsOneLifeAfterItWasMadeAndTheOldOneGoesAnotherLifeLater() {
    Authorities both = rules.next(first, maker, at(160));
    assertEquals(first.newest(), both.all().getLast());
    assertEquals(first.newest(), rules.signing(both, at(183)));
    assertEquals(both.newest(), rules.signing(both, at(184)));
    assertEquals(both, rules.next(both, maker, at(207)));
    assertEquals(List.of(both.newest()), rules.next(both, maker, at(208)).all());
  }

  /** Every second somebody renews, others hold certificates of up to one life before. */
  @Test
  void atNoTimeDoesAnybodyMeetACertificateThatItDoesNotTrust() {
    Map<Integer, Authorities> known = new HashMap<>();
    Map<Integer, X509Certificate> issued = new HashMap<>();
    Authorities present = first;
    for (int now = 0; now < 500; now++) {
      present = rules.next(present, maker, at(now));
      known.put(now, present);
      issued.put(now, leaf(present, at(now)));
      for (int then = Math.max(0, now - 23); then <= now; then++) {
        X509Certificate old = issued.get(then);
        assertTrue(trusts(present, old), "of " + then + " at " + now);
        assertTrue(trusts(known.get(then), issued.get(now)), "at " + then + " of " + now);
      }
    }
    assertFalse(trusts(present, issued.get(0)));
  }

  @Test
  void anAuthorityThatIsOverIsReplacedAtOnce() {
    Authorities anew = rules.next(first, maker, at(240));
    assertEquals(1, anew.all().size());
    assertNotEquals(first, anew);
  }

  @Test
  void noCertificateOutlivesItsAuthority() {
    X509Certificate late = leaf(first, at(230));
    assertEquals(
        first.newest().certificate().getNotAfter().toInstant(), late.getNotAfter().toInstant());
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Authorities both = rules.next(first, maker, at(160));
    assertEquals(both, Authorities.read(both.write()));
  }

  @Test
  void brokenTextsAreRefused() {
    Authorities other = rules.begin(maker, START);
    Map<String, String> mixed = new HashMap<>(first.write());
    mixed.put(Authorities.KEYS, other.write().get(Authorities.KEYS));
    assertThrows(IllegalArgumentException.class, () -> Authorities.read(mixed));
    for (String name : first.write().keySet()) {
      for (String text : List.of("", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n")) {
        Map<String, String> broken = new HashMap<>(first.write());
        broken.put(name, text);
        assertThrows(IllegalArgumentException.class, () -> Authorities.read(broken));
      }
    }
  }

  @Test
  void anAuthorityOfYearsBeginsAnHourEarly() {
    Authorities usual = AuthorityRules.USUAL.begin(maker, START);
    X509Certificate ca = usual.newest().certificate();
    assertEquals(START.minusSeconds(3600), ca.getNotBefore().toInstant());
    assertEquals(START.plus(Duration.ofDays(3650)), ca.getNotAfter().toInstant());
    assertEquals(0, ca.getBasicConstraints());
  }
}
