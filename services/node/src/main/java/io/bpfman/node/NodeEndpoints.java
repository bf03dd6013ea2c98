package io.bpfman.node;

import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.http.BindAddress;
import java.util.List;
import java.util.Optional;

/** Where a node's process serves; empty: not at all. */
record NodeEndpoints(Optional<BindAddress> health, Optional<BindAddress> metrics) {
  private static final ConfigKey<String> HEALTH =
      ConfigKey.text("health-probe.bind-address", "Where /healthz and /readyz are; 0: nowhere.")
          .withDefault("0");
  private static final ConfigKey<String> METRICS =
      ConfigKey.text(
              "metrics.bind-address",
              "Where /metrics is, for everybody who gets there; 0: nowhere.")
          .withDefault("0");

  static final List<ConfigKey<?>> KEYS = List.of(HEALTH, METRICS);

  /**
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID
   */
  static NodeEndpoints from(ConfigValues values) {
    return new NodeEndpoints(BindAddress.of(values, HEALTH), BindAddress.of(values, METRICS));
  }
}
