package io.bpfman.agent;

import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.http.BindAddress;
import java.util.List;
import java.util.Optional;

/** Where the agent serves; empty: not at all. */
public record AgentEndpoints(Optional<BindAddress> health, Optional<BindAddress> metrics) {
  private static final ConfigKey<String> HEALTH =
      ConfigKey.text("health-probe.bind-address", "Where /healthz and /readyz are; 0: nowhere.")
          .withDefault("0");
  private static final ConfigKey<String> METRICS =
      ConfigKey.text(
              "metrics.bind-address",
              "Where /metrics is, for everybody who gets there; 0: nowhere.")
          .withDefault("0");

  public static final List<ConfigKey<?>> KEYS = List.of(HEALTH, METRICS);

  /**
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID
   */
  public static AgentEndpoints from(ConfigValues values) {
    return new AgentEndpoints(BindAddress.of(values, HEALTH), BindAddress.of(values, METRICS));
  }
}
