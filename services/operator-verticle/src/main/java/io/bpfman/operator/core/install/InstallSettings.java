package io.bpfman.operator.core.install;

import io.bpfman.model.Backoff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the operator's Deployment decides.
 *
 * @param namespace the operator's own
 * @param images used where no Config names others
 * @param discovery interval of asking which APIs the cluster has
 * @param backoff between tries that failed
 */
public record InstallSettings(
    String namespace, Images images, Duration discovery, Backoff backoff) {
  private static final Duration DISCOVERY = Duration.ofSeconds(30);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /**
   * @param daemon as in BPFMAN_IMG
   * @param agent as in BPFMAN_AGENT_IMG
   * @param pullPolicy of every container, as in BPFMAN_IMAGE_PULL_POLICY; null: Kubernetes decides
   */
  public record Images(String daemon, String agent, @Nullable String pullPolicy) {}

  /** With the intervals of a real cluster. */
  public static InstallSettings of(String namespace, Images images) {
    return new InstallSettings(namespace, images, DISCOVERY, BACKOFF);
  }
}
