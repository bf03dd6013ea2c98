package io.bpfman.operator.webhook;

import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.http.CertificateSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * What the webhook needs.
 *
 * @param refresh interval of looking for a new certificate
 * @param metrics gets {@code bpfman.admission.reviews} by kind and result
 */
public record WebhookSettings(
    BindAddress address, CertificateSource certificates, Duration refresh, MeterRegistry metrics) {
  /** Where the Service of k8s/webhook leads. */
  public static final int PORT = 9443;

  /** As in the ValidatingWebhookConfiguration. */
  public static final String PATH = "/validate-bpfman-io-v1alpha1";

  /**
   * Bytes: the object and its predecessor, 1.5 MiB each as Kubernetes stores them, and what stands
   * around them.
   */
  public static final int MAX_BODY = (3 << 20) + (64 << 10);
}
