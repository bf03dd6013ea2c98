package io.bpfman.node;

import io.bpfman.model.FailureCode;
import io.bpfman.node.adapter.edge.EdgeSettings;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigReader;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.names.PeerName;
import io.bpfman.runtime.pki.EnrolmentSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How a node reaches its operators. */
sealed interface UplinkConfig {
  /** As a lite member of their cluster, trusted as an operator is. */
  record Member(ClusterConfig cluster) implements UplinkConfig {}

  /** By a stream to one of them, which speaks for the node. */
  record Edge(EdgeSettings settings, Optional<EnrolmentSettings> enrolment)
      implements UplinkConfig {}

  ConfigKey<String> UPLINK =
      ConfigKey.text(
              "uplink",
              "How this node reaches its operators: member (of their cluster, trusted as an operator"
                  + " is) or edge (a stream over mutual TLS to one of them).")
          .withDefault("member");
  ConfigKey<List<String>> OPERATORS =
      ConfigKey.list(
              "edge.operators",
              "Operators for --uplink edge, each as host:port; a host may have many addresses.")
          .withDefault(List.of());
  ConfigKey<Path> CERTIFICATES =
      ConfigKey.path(
              "edge.tls-directory",
              "Certificate of this node for --uplink edge: ca.crt, tls.crt and tls.key; may appear"
                  + " later and is read again.")
          .withDefault(Path.of("/var/lib/bpfman/agent/tls"));

  List<ConfigKey<?>> KEYS =
      ConfigReader.join(
          List.of(UPLINK, OPERATORS, CERTIFICATES), EnrolmentConfig.KEYS, ClusterConfig.KEYS);

  /**
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID for another word, and for an edge
   *     without operators
   */
  static UplinkConfig from(ConfigValues values, String node) {
    String word = values.get(UPLINK);
    return switch (word) {
      case "member" -> new Member(ClusterConfig.from(values));
      case "edge" -> edge(values, node);
      default ->
          throw FailureCode.CONFIGURATION_INVALID.because(
              "--uplink: \"%s\" is not known".formatted(word), "give member or edge");
    };
  }

  private static UplinkConfig edge(ConfigValues values, String node) {
    List<PeerName> operators =
        values.get(OPERATORS).stream()
            .map(operator -> PeerName.parse(operator, EdgeSettings.DEFAULT_PORT))
            .toList();
    if (operators.isEmpty()) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "--uplink edge needs to know an operator",
          "give --edge-operators, for example bpfman-operator-edge.bpfman.svc:5702");
    }
    Path directory = values.get(CERTIFICATES);
    return new Edge(
        new EdgeSettings(operators, directory), EnrolmentConfig.from(values, node, directory));
  }
}
