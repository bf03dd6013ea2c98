package io.bpfman.operator.webhook.core;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
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
    return isSigned(serving.certificate(), authority.certificate());
  }

  /** Whether any authority that clients trust has signed what is served. */
  boolean servesTrusted(Instant now) {
    return servesNewest()
        || older.stream().anyMatch(ca -> !isOver(ca, now) && isSigned(serving.certificate(), ca));
  }

  private static boolean isSigned(X509Certificate certificate, X509Certificate by) {
    try {
      certificate.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  static boolean isOver(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotAfter().toInstant());
  }

  /** Whether two thirds of its life are over. */
  static boolean isDue(X509Certificate certificate, Instant now) {
    Instant begin = certificate.getNotBefore().toInstant();
    Duration life = Duration.between(begin, certificate.getNotAfter().toInstant());
    return !now.isBefore(begin.plus(life.multipliedBy(2).dividedBy(3)));
  }
}
