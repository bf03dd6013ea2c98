package io.bpfman.operator.webhook.core;

import io.bpfman.operator.pki.core.Identity;
import io.bpfman.runtime.pki.CertificateSet;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The authorities to trust and the certificate to serve.
 *
 * @param authority signs
 * @param older authorities that clients may still need, newest first
 * @param serving signed by {@code authority} or one of {@code older}
 * @param names DNS names that {@code serving} is for
 */
public record Keyring(
    Identity authority, List<X509Certificate> older, Identity serving, List<String> names) {
  public Keyring {
    older = List.copyOf(older);
    names = List.copyOf(names);
  }

  /** Whether the signing authority has signed what is served. */
  boolean servesNewest() {
    return CertificateSet.isSigned(serving.certificate(), authority.certificate());
  }

  /** Whether any authority that clients trust has signed what is served. */
  boolean servesTrusted(Instant now) {
    return servesNewest()
        || older.stream()
            .anyMatch(ca -> !isOver(ca, now) && CertificateSet.isSigned(serving.certificate(), ca));
  }

  static boolean isOver(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotAfter().toInstant());
  }

  /** Whether two thirds of its life are over. */
  static boolean isDue(X509Certificate certificate, Instant now) {
    return !now.isBefore(CertificateSet.twoThirds(certificate));
  }
}
