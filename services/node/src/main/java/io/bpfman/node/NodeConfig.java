package io.bpfman.node;

import io.bpfman.agent.AgentConfig;
import io.bpfman.runtime.Logging;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigReader;
import io.bpfman.runtime.config.ConfigValues;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings of a node's process.
 *
 * @param socketPath the daemon's socket
 */
record NodeConfig(
    AgentConfig agent,
    Path socketPath,
    NodeEndpoints endpoints,
    UplinkConfig uplink,
    String logLevel) {
  private static final ConfigKey<Path> SOCKET_PATH =
      ConfigKey.path("socket.path", "Unix socket of the daemon.")
          .withDefault(Path.of("/run/bpfman-sock/bpfman.sock"));

  static final List<ConfigKey<?>> KEYS =
      ConfigReader.join(
          AgentConfig.KEYS,
          List.of(SOCKET_PATH),
          NodeEndpoints.KEYS,
          List.of(Logging.LEVEL),
          UplinkConfig.KEYS);

  /**
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID
   */
  static NodeConfig from(ConfigValues values) {
    AgentConfig agent = AgentConfig.from(values);
    return new NodeConfig(
        agent,
        values.get(SOCKET_PATH),
        NodeEndpoints.from(values),
        UplinkConfig.from(values, agent.node()),
        values.get(Logging.LEVEL));
  }
}
