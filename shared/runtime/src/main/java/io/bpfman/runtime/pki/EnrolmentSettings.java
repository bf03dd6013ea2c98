package io.bpfman.runtime.pki;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How a node comes to its certificate.
 *
 * @param node its name
 * @param server where an operator enrols
 * @param credentials what it begins with
 * @param files where its certificate is kept
 * @param times how often it tries
 */
public record EnrolmentSettings(
    String node, Server server, Given credentials, CertificateFiles files, Times times) {
  /**
   * Address of the operators.
   *
   * @param host DNS name, or an address, that stands in their certificate
   */
  public record Server(String host, int port) {}

  /**
   * What somebody else has put there.
   *
   * @param token file of the token; null: this node can renew only. It is read anew at each try,
   *     since the kubelet replaces it
   * @param authorities file of the authorities to trust, in PEM, beside those of the last
   *     certificate; null: those alone. Never is anybody trusted without
   */
  public record Given(@Nullable Path token, @Nullable Path authorities) {}

  /**
   * Intervals.
   *
   * @param check between two looks whether there is something to do
   * @param firstDelay after the first failure; doubles
   * @param lastDelay longest
   * @param clock for the times in certificates
   */
  public record Times(
      Duration check, Duration firstDelay, Duration lastDelay, InstantSource clock) {
    /** 10 s; a second to a minute. */
    public static Times usual() {
      return new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          InstantSource.system());
    }
  }
}
