package io.bpfman.loader.bridge;

import io.bpfman.runtime.NodeKeys;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings of the bridge.
 *
 * @param node name that its bus address carries
 * @param socketPath the daemon's socket
 * @param loaderKey file of the key that the agent of this node proves its calls with
 */
public record LoaderConfig(String node, Path socketPath, Path loaderKey) {
  private static final ConfigKey<Path> SOCKET_PATH =
      ConfigKey.path("socket.path", "Unix socket of the daemon.")
          .withDefault(Path.of("/run/bpfman-sock/bpfman.sock"));

  static final List<ConfigKey<?>> KEYS =
      List.of(NodeKeys.NODE_NAME, SOCKET_PATH, NodeKeys.LOADER_KEY);

  static LoaderConfig from(ConfigValues values) {
    return new LoaderConfig(
        NodeKeys.nodeName(values), values.get(SOCKET_PATH), values.get(NodeKeys.LOADER_KEY));
  }
}
