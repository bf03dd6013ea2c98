package io.bpfman.runtime.health;

import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.http.CertificateSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How metrics are served.
 *
 * @param tls null for plain HTTP
 * @param access null for everybody
 * @param refresh interval of looking for a new certificate
 */
public record MetricsSettings(
    BindAddress address,
    @Nullable CertificateSource tls,
    @Nullable AccessCheck access,
    Duration refresh) {
  private static final Duration REFRESH = Duration.ofSeconds(10);

  /** Plain HTTP for everybody who reaches the address: for the loopback. */
  public static MetricsSettings plain(BindAddress address) {
    return new MetricsSettings(address, null, null, REFRESH);
  }

  /** HTTPS for those whom {@code access} lets in. */
  public static MetricsSettings secured(
      BindAddress address, CertificateSource tls, AccessCheck access) {
    return new MetricsSettings(address, tls, access, REFRESH);
  }
}
