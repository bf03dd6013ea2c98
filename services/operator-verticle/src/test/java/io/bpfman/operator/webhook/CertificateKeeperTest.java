package io.bpfman.operator.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.operator.pki.CertificatePorts;
import io.bpfman.operator.pki.port.KeyringStore;
import io.bpfman.operator.pki.port.StoredKeyring;
import io.bpfman.operator.pki.port.TrustBundle;
import io.bpfman.operator.webhook.core.KeyringPem;
import io.bpfman.operator.webhook.core.Rotation;
import io.bpfman.runtime.http.ServingCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateKeeperTest {
  private final Store store = new Store();
  private final Trust trust = new Trust();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final CertificateKeeper keeper = replica();

  /** As a Secret: versions, and no write over another one's. */
  private static final class Store implements KeyringStore {
    Map<String, String> texts;
    int version;
    Runnable beforeWrite = () -> {};

    @Override
    public Optional<StoredKeyring> read() {
      return Optional.ofNullable(texts).map(t -> new StoredKeyring(t, "" + version));
    }

    @Override
    public boolean create(Map<String, String> created) {
      beforeWrite.run();
      return texts == null && write(created);
    }

    @Override
    public boolean replace(String known, Map<String, String> changed) {
      beforeWrite.run();
      return known.equals("" + version) && write(changed);
    }

    private boolean write(Map<String, String> written) {
      texts = written;
      version++;
      return true;
    }

    @Override
    public String describe() {
      return "Secret test/cert";
    }
  }

  private static final class Trust implements TrustBundle {
    String bundle = "";
    boolean configured = true;
    RuntimeException failure;

    @Override
    public Outcome publish(String wanted) {
      if (failure != null) {
        throw failure;
      }
      if (!configured) {
        return Outcome.NO_CONFIGURATION;
      }
      boolean changed = !wanted.equals(bundle);
      bundle = wanted;
      return changed ? Outcome.WRITTEN : Outcome.UNCHANGED;
    }
  }

  private CertificateKeeper replica() {
    return new CertificateKeeper(
        Rotation.of(List.of("a.b.svc")),
        new CertificatePorts(store, trust, new BouncyCastleMaker(), () -> now));
  }

  private String authorities() {
    return store.texts.get(KeyringPem.AUTHORITIES);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void whoComesFirstCreatesAndTheOthersServeTheSame() {
    ServingCertificate first = keeper.read().orElseThrow();
    assertEquals(first, replica().read().orElseThrow());
    assertEquals(1, store.version);
    assertEquals("", trust.bundle);
  }

  @Test
  void theLoserOfTheRaceTakesTheWinnersCertificate() {
    store.beforeWrite =
        () -> {
          store.beforeWrite = () -> {};
          replica().read();
        };
    ServingCertificate certificate = keeper.read().orElseThrow();
    assertEquals(certificate.chain(), store.texts.get(KeyringPem.CERTIFICATE));
    assertEquals(1, store.version);
  }

  @Test
  void theLeaderPublishesAndRepairsTheBundle() {
    keeper.lead();
    assertEquals(authorities(), trust.bundle);
    trust.bundle = "";
    keeper.lead();
    assertEquals(authorities(), trust.bundle);
    assertEquals(1, store.version);
  }

  @Test
  void atEveryMomentOfARotationWhatIsServedIsTrusted() throws Exception {
    keeper.lead();
    List<String> served = new ArrayList<>();
    for (int hour = 0; hour < 400 * 24; hour += 12) {
      pass(Duration.ofHours(12));
      keeper.lead();
      served.add(keeper.read().orElseThrow().chain());
      Map<String, String> texts = new HashMap<>(store.texts);
      texts.put(KeyringPem.AUTHORITIES, trust.bundle);
      var ring = KeyringPem.read(texts);
      var certificate = ring.serving().certificate();
      certificate.checkValidity(Date.from(now));
      boolean trusted =
          certificate
                  .getIssuerX500Principal()
                  .equals(ring.authority().certificate().getSubjectX500Principal())
              || ring.older().stream()
                  .anyMatch(
                      ca ->
                          ca.getSubjectX500Principal()
                              .equals(certificate.getIssuerX500Principal()));
      assertTrue(trusted, "at " + now);
    }
    assertEquals(8, served.stream().distinct().count());
  }

  @Test
  void aNewAuthorityDoesNotSignBeforeItsBundleIsPublished() {
    keeper.lead();
    pass(Duration.ofDays(61));
    keeper.lead();
    pass(Duration.ofDays(61));
    keeper.lead();
    pass(Duration.ofDays(61));
    keeper.lead();
    pass(Duration.ofDays(61));
    trust.failure = new IllegalStateException("no API server");
    String before = keeper.read().orElseThrow().chain();
    assertThrows(IllegalStateException.class, keeper::lead);
    for (int hour = 0; hour < 24; hour++) {
      pass(Duration.ofHours(1));
      assertThrows(IllegalStateException.class, keeper::lead);
      assertEquals(before, keeper.read().orElseThrow().chain());
    }
    trust.failure = null;
    keeper.lead();
    assertEquals(before, keeper.read().orElseThrow().chain());
    pass(Duration.ofMinutes(2));
    keeper.lead();
    assertNotEquals(before, keeper.read().orElseThrow().chain());
  }

  @Test
  void withoutAConfigurationCertificatesAreKeptButNothingIsPublished() {
    trust.configured = false;
    keeper.lead();
    assertEquals("", trust.bundle);
    trust.configured = true;
    keeper.lead();
    assertEquals(authorities(), trust.bundle);
  }

  @Test
  void aLeaderThatLostAWriteLeavesTheOthersWork() {
    keeper.lead();
    pass(Duration.ofDays(61));
    store.beforeWrite =
        () -> {
          store.beforeWrite = () -> {};
          replica().lead();
        };
    keeper.lead();
    assertEquals(2, store.version);
    assertEquals(authorities(), trust.bundle);
  }

  @Test
  void aBrokenStoreIsRepairedByTheLeaderAndReportedByOthers() {
    store.texts = Map.of(KeyringPem.CERTIFICATE, "nonsense");
    String message = assertThrows(IllegalStateException.class, keeper::read).getMessage();
    assertTrue(message.startsWith("Secret test/cert: ca.crt has no certificate"), message);
    keeper.lead();
    assertEquals(keeper.read(), replica().read());
    assertEquals(authorities(), trust.bundle);
  }
}
