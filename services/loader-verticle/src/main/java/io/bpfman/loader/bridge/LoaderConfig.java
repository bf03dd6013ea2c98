package io.bpfman.loader.bridge;

import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings of the bridge.
 *
 * @param node name that its bus address carries
 * @param socketPath the daemon's socket
 * @param loaderKey key that the agent of this node proves its calls with; made when absent
 */
public record LoaderConfig(
    String node, Path socketPath, Path loaderKey, String logLevel, ClusterConfig cluster) {

  static final ConfigKey<String> NODE =
      ConfigKey.text("node.name", "Name of this node; part of its bus address.")
          .env("KUBE_NODE_NAME");
  static final ConfigKey<Path> SOCKET_PATH =
      ConfigKey.path("socket.path", "Unix socket of the daemon.")
          .withDefault(Path.of("/run/bpfman-sock/bpfman.sock"));
  static final ConfigKey<Path> LOADER_KEY =
      ConfigKey.path("loader.key", "Key shared by agent and bridge of this node; made when absent.")
          .withDefault(Path.of("/var/lib/bpfman/loader.key"));
  static final ConfigKey<String> LOG =
      ConfigKey.text("log", "Log level: trace, debug, info, warn or error.").withDefault("info");

  static final List<ConfigKey<?>> KEYS = keys();

  private static List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys = new ArrayList<>(List.of(NODE, SOCKET_PATH, LOADER_KEY, LOG));
    keys.addAll(ClusterConfig.KEYS);
    return List.copyOf(keys);
  }

  static LoaderConfig read(Map<String, String> environment, List<String> arguments) {
    return new ConfigReader(environment, arguments)
        .read(
            KEYS,
            values ->
                new LoaderConfig(
                    values.get(NODE),
                    values.get(SOCKET_PATH),
                    values.get(LOADER_KEY),
                    values.get(LOG),
                    ClusterConfig.from(values)));
  }
}
