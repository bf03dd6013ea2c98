package io.bpfman.operator.pki;

import io.bpfman.operator.pki.port.TokenCheck;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.http.CertificateSource;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How nodes are let in.
 *
 * @param address where to listen
 * @param server the certificate that nodes see, and the authorities of theirs
 * @param keeper signs
 * @param tokens decides about those that come without a certificate
 * @param times how often things are looked at
 */
public record EnrolmentSettings(
    BindAddress address,
    CertificateSource server,
    AuthorityKeeper keeper,
    TokenCheck tokens,
    Times times) {
  /**
   * @param refresh between two looks for another server certificate
   * @param attempts at once from one address
   * @param interval in which one more attempt comes back
   * @param steady a clock that never goes back
   */
  public record Times(Duration refresh, int attempts, Duration interval, InstantSource steady) {
    /** 10 s; 20 attempts, and one more every 3 s. */
    public static Times usual(InstantSource steady) {
      return new Times(Duration.ofSeconds(10), 20, Duration.ofSeconds(3), steady);
    }
  }
}
