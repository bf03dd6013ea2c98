package io.bpfman.operator.webhook.core;

import java.util.List;

/** Makes keys and certificates. Thread-safe. */
public interface CertificateMaker {
  /** A new authority that has signed itself, of a name that no other has. */
  Identity authority(Validity validity);

  /**
   * A new key with a certificate for a server.
   *
   * @param names DNS names and IP addresses; not empty
   */
  Identity serving(Identity authority, List<String> names, Validity validity);
}
