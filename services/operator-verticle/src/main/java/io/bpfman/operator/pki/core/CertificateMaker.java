package io.bpfman.operator.pki.core;

import java.security.KeyPair;
import java.security.cert.X509Certificate;

/** Makes keys and certificates. Thread-safe. */
public interface CertificateMaker {
  /** A new pair on P-256. */
  KeyPair newPair();

  /**
   * A new authority that has signed itself, of a name that no other has.
   *
   * @param name what it is for; the serial number follows
   */
  Identity authority(String name, Validity validity);

  /** A certificate that can sign nothing. */
  X509Certificate leaf(Identity authority, Leaf leaf, Validity validity);
}
