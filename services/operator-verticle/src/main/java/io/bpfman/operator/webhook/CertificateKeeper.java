package io.bpfman.operator.webhook;

import io.bpfman.operator.pki.CertificatePorts;
import io.bpfman.operator.pki.Keyrings;
import io.bpfman.operator.pki.port.StoredKeyring;
import io.bpfman.operator.pki.port.TrustBundle.Outcome;
import io.bpfman.operator.webhook.core.Keyring;
import io.bpfman.operator.webhook.core.KeyringPem;
import io.bpfman.operator.webhook.core.Rotation;
import io.bpfman.operator.webhook.core.RotationStep;
import io.bpfman.runtime.http.CertificateSource;
import io.bpfman.runtime.http.ServingCertificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates that the operator makes itself. Every replica reads them with {@link #read}, and
 * makes the first ones when there are none; the leader also calls {@link #lead}. Both block and
 * repeat safely; replicas that believe to lead at once do no harm, since only one write counts.
 */
public final class CertificateKeeper implements CertificateSource {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateKeeper.class);

  private final Rotation rotation;
  private final CertificatePorts ports;
  private String published = "";
  private Instant publishedAt = Instant.MAX;

  public CertificateKeeper(Rotation rotation, CertificatePorts ports) {
    this.rotation = rotation;
    this.ports = ports;
  }

  @Override
  public Optional<ServingCertificate> read() {
    Map<String, String> texts = readOrCreate().texts();
    try {
      KeyringPem.read(texts);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          describe() + ": " + e.getMessage() + "; the leader makes a new one", e);
    }
    return Optional.of(
        new ServingCertificate(text(texts, KeyringPem.CERTIFICATE), text(texts, KeyringPem.KEY)));
  }

  @Override
  public String describe() {
    return ports.store().describe();
  }

  /**
   * One step of the leader: replaces what is due, and makes API servers trust what there is. To be
   * repeated at an interval of seconds.
   */
  public synchronized void lead() {
    Instant now = ports.clock().instant();
    StoredKeyring stored = readOrCreate();
    Optional<Keyring> ring = parse(stored);
    Keyring next =
        ring.map(held -> rotated(held, now)).orElseGet(() -> rotation.begin(ports.maker(), now));
    if (ring.filter(next::equals).isEmpty()
        && !ports.store().replace(stored.version(), KeyringPem.write(next))) {
      LOG.info("{} was changed by another replica; looking again", describe());
      return;
    }
    publish(KeyringPem.bundle(next), now);
  }

  private Keyring rotated(Keyring ring, Instant now) {
    boolean trusted = published.equals(KeyringPem.bundle(ring));
    RotationStep step = rotation.next(ring, now, trusted ? publishedAt : Instant.MAX);
    if (step != RotationStep.KEEP) {
      LOG.info("certificates of {}: {}", describe(), step);
    }
    return rotation.apply(step, ring, ports.maker(), now);
  }

  private Optional<Keyring> parse(StoredKeyring stored) {
    try {
      return Optional.of(KeyringPem.read(stored.texts()));
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is broken; a new one takes its place", describe(), e);
      return Optional.empty();
    }
  }

  private void publish(String bundle, Instant now) {
    Outcome outcome = ports.trust().publish(bundle);
    switch (outcome) {
      case NO_CONFIGURATION -> published = "";
      case WRITTEN -> {
        LOG.info("API servers are told to trust the authorities of {}", describe());
        remember(bundle, now);
      }
      case UNCHANGED -> {
        if (!bundle.equals(published)) {
          remember(bundle, now);
        }
      }
    }
  }

  private void remember(String bundle, Instant now) {
    published = bundle;
    publishedAt = now;
  }

  private StoredKeyring readOrCreate() {
    return Keyrings.readOrCreate(
        ports.store(),
        () -> KeyringPem.write(rotation.begin(ports.maker(), ports.clock().instant())));
  }

  private static String text(Map<String, String> texts, String name) {
    return texts.getOrDefault(name, "");
  }
}
