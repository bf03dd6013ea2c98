package io.bpfman.operator.webhook.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.operator.pki.core.CertificateMaker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Rotation rotation = Rotation.of(List.of("a.b.svc", "10.0.0.1"));
  private final CertificateMaker maker = new BouncyCastleMaker();
  private final Keyring first = rotation.begin(maker, START);

  private static Instant day(int number) {
    return START.plus(Duration.ofDays(number));
  }

  private RotationStep next(Keyring ring, Instant now) {
    return rotation.next(ring, now, Instant.MAX);
  }

  private Keyring after(RotationStep step, Keyring ring, Instant now) {
    return rotation.apply(step, ring, maker, now);
  }

  @Test
  void theFirstKeyringIsForTheNamesAndItsTimes() throws Exception {
    assertEquals(List.of("a.b.svc", "10.0.0.1"), KeyringPem.read(KeyringPem.write(first)).names());
    var serving = first.serving().certificate();
    serving.verify(first.authority().certificate().getPublicKey());
    assertEquals(day(90), serving.getNotAfter().toInstant());
    assertEquals(day(365), first.authority().certificate().getNotAfter().toInstant());
    assertEquals("EC", serving.getPublicKey().getAlgorithm());
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), serving.getExtendedKeyUsage());
    assertEquals(-1, serving.getBasicConstraints());
    assertEquals(0, first.authority().certificate().getBasicConstraints());
  }

  @Test
  void certificatesAreReplacedAtTwoThirdsOfTheirLives() {
    assertEquals(RotationStep.KEEP, next(first, day(59)));
    assertEquals(RotationStep.NEW_CERTIFICATE, next(first, day(61)));
    Keyring second = after(RotationStep.NEW_CERTIFICATE, first, day(61));
    assertEquals(first.authority(), second.authority());
    assertNotEquals(first.serving(), second.serving());
    assertEquals(RotationStep.KEEP, next(second, day(61)));
  }

  @Test
  void aNewAuthoritySignsOnlyAfterClientsCouldTrustIt() {
    Keyring served = after(RotationStep.NEW_CERTIFICATE, first, day(240));
    assertEquals(RotationStep.NEW_AUTHORITY, next(served, day(244)));
    Keyring both = after(RotationStep.NEW_AUTHORITY, served, day(244));
    assertEquals(List.of(first.authority().certificate()), both.older());
    assertEquals(served.serving(), both.serving());
    assertEquals(2, KeyringPem.bundle(both).split("BEGIN CERTIFICATE", -1).length - 1);

    Instant published = day(244).plus(MINUTE);
    assertEquals(RotationStep.KEEP, next(both, published));
    assertEquals(RotationStep.KEEP, rotation.next(both, published.plusSeconds(59), published));
    assertEquals(
        RotationStep.NEW_CERTIFICATE, rotation.next(both, published.plus(MINUTE), published));
    Keyring moved = after(RotationStep.NEW_CERTIFICATE, both, published.plus(MINUTE));
    assertTrue(moved.servesNewest());
    assertEquals(both.older(), moved.older());
  }

  @Test
  void anOldAuthorityIsTrustedUntilItsEnd() {
    Keyring both = after(RotationStep.NEW_AUTHORITY, first, day(244));
    Keyring moved = after(RotationStep.NEW_CERTIFICATE, both, day(320));
    assertEquals(RotationStep.KEEP, next(moved, day(364)));
    assertEquals(RotationStep.DROP_OLD, next(moved, day(366)));
    assertEquals(List.of(), after(RotationStep.DROP_OLD, moved, day(366)).older());
  }

  @Test
  void noCertificateOutlivesItsAuthority() {
    Keyring late = after(RotationStep.NEW_CERTIFICATE, first, day(300));
    assertEquals(day(365), late.serving().certificate().getNotAfter().toInstant());
  }

  @Test
  void whatIsOverIsReplacedAtOnce() {
    assertEquals(RotationStep.NEW_CERTIFICATE, next(first, day(91)));
    assertEquals(RotationStep.START_OVER, next(first, day(366)));
    Keyring fresh = after(RotationStep.START_OVER, first, day(366));
    assertEquals(List.of(), fresh.older());
    assertEquals(RotationStep.KEEP, next(fresh, day(366)));
  }

  @Test
  void otherNamesAndAForeignCertificateAreReplacedAtOnce() {
    Rotation moved = Rotation.of(List.of("c.d.svc"));
    assertEquals(RotationStep.NEW_CERTIFICATE, moved.next(first, day(1), Instant.MAX));
    Keyring other = rotation.begin(maker, START);
    Keyring mixed = new Keyring(first.authority(), List.of(), other.serving(), first.names());
    assertEquals(RotationStep.NEW_CERTIFICATE, next(mixed, day(1)));
  }

  @Test
  void textsAreReadBackAsTheyWereWritten() {
    Keyring both = after(RotationStep.NEW_AUTHORITY, first, day(244));
    Map<String, String> texts = KeyringPem.write(both);
    assertEquals(both, KeyringPem.read(texts));
    assertFalse(both.toString().contains("PRIVATE"));
  }

  @Test
  void whatIsMissingOrBrokenInTheTextsIsNamed() {
    for (String name : KeyringPem.write(first).keySet()) {
      for (String text :
          List.of(
              "", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
        Map<String, String> broken = new HashMap<>(KeyringPem.write(first));
        broken.put(name, text);
        String message =
            assertThrows(IllegalArgumentException.class, () -> KeyringPem.read(broken))
                .getMessage();
        assertTrue(message.startsWith(name), message);
      }
    }
  }
}
