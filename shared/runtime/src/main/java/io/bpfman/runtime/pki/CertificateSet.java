package io.bpfman.runtime.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate, its key and whom its holder trusts; they fit together. Says nothing about time.
 *
 * @param chain the holder's own certificate first
 * @param key of the holder's own certificate
 * @param authorities one of them has signed the chain
 */
public record CertificateSet(
    List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
  /**
   * @throws IllegalArgumentException when they do not fit
   */
  public CertificateSet {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
    if (chain.isEmpty() || !fits(chain.getFirst(), key)) {
      throw new IllegalArgumentException("the key does not belong to the certificate");
    }
    X509Certificate last = chain.getLast();
    if (authorities.stream().noneMatch(authority -> isSigned(last, authority))) {
      throw new IllegalArgumentException("none of the authorities has signed the certificate");
    }
  }

  /**
   * From PEM.
   *
   * @throws IllegalArgumentException when a text cannot be read, or they do not fit
   */
  public static CertificateSet read(String chain, String key, String authorities) {
    return new CertificateSet(
        Pem.certificates(chain, CertificateFiles.CERTIFICATE),
        Pem.key(key, CertificateFiles.KEY),
        Pem.certificates(authorities, CertificateFiles.AUTHORITIES));
  }

  /** The holder's own certificate. */
  public X509Certificate own() {
    return chain.getFirst();
  }

  /** Whom it names. */
  public PeerIdentity identity() {
    return PeerIdentity.of(own());
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(own().getNotAfter().toInstant());
  }

  /** When two thirds of the own certificate's life are over. */
  public Instant renewal() {
    return twoThirds(own());
  }

  /** When two thirds of a certificate's life are over. */
  public static Instant twoThirds(X509Certificate certificate) {
    Instant begin = certificate.getNotBefore().toInstant();
    Duration life = Duration.between(begin, certificate.getNotAfter().toInstant());
    return begin.plus(life.multipliedBy(2).dividedBy(3));
  }

  /** Whether {@code by} has signed {@code certificate}. */
  public static boolean isSigned(X509Certificate certificate, X509Certificate by) {
    try {
      certificate.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static boolean fits(X509Certificate certificate, PrivateKey key) {
    try {
      return KeyPairs.match(certificate.getPublicKey(), key);
    } catch (GeneralSecurityException _) {
      // Keys of two kinds are no pair either.
      return false;
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "CertificateSet[%s until %s, %d authorities]"
        .formatted(
            own().getSubjectX500Principal(), own().getNotAfter().toInstant(), authorities.size());
  }
}
