package io.bpfman.runtime.http;

import java.util.Optional;

/** Where a TLS server's certificate comes from, now and whenever it is replaced. */
public interface CertificateSource {
  /**
   * The one to serve from now on; empty when there is none yet. May block.
   *
   * @throws IllegalStateException with a sentence when there is one that cannot be used
   */
  Optional<ServingCertificate> read();

  /** For messages: where an operator of the system would look. */
  String describe();
}
