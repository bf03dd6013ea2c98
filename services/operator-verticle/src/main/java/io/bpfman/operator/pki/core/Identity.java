package io.bpfman.operator.pki.core;

import io.bpfman.runtime.pki.KeyPairs;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate and its key. */
public record Identity(X509Certificate certificate, PrivateKey key) {
  /**
   * @throws IllegalArgumentException when the key is another's
   */
  static Identity pair(X509Certificate certificate, PrivateKey key) {
    try {
      if (KeyPairs.match(certificate.getPublicKey(), key)) {
        return new Identity(certificate, key);
      }
      throw new IllegalArgumentException("a key belongs to another certificate");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a key and a certificate do not fit", e);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Identity[" + certificate.getSubjectX500Principal() + "]";
  }
}
