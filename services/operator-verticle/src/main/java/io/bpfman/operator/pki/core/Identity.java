package io.bpfman.operator.pki.core;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate and its key. */
public record Identity(X509Certificate certificate, PrivateKey key) {
  /** Without the key. */
  @Override
  public String toString() {
    return "Identity[" + certificate.getSubjectX500Principal() + "]";
  }
}
