package io.bpfman.agent;

import io.bpfman.model.Backoff;
import io.bpfman.runtime.NodeKeys;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of the agent.
 *
 * @param labels of the node, as the operator's selectors see them
 * @param stateDir holds the last desired state
 * @param operatorKey public key (PEM) that desired states are signed with
 * @param drift time between two comparisons of everything
 * @param retry delays after a failure, for each application on its own
 * @param parallel applications worked on at a time
 */
public record AgentConfig(
    String node,
    Map<String, String> labels,
    Path stateDir,
    Path operatorKey,
    Duration heartbeat,
    Duration drift,
    Backoff retry,
    int parallel) {
  private static final String HOST_LABEL = "kubernetes.io/hostname";
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final ConfigKey<List<String>> LABELS =
      ConfigKey.list("node.labels", "Labels of this node, each as key=value.")
          .withDefault(List.of());
  private static final ConfigKey<Path> STATE_DIR =
      ConfigKey.path("state.dir", "Directory for the last desired state.")
          .withDefault(Path.of("/var/lib/bpfman/agent"));
  private static final ConfigKey<Path> OPERATOR_KEY =
      ConfigKey.path("operator.key", "Public key of the operator, PEM; may appear later.")
          .withDefault(Path.of("/var/lib/bpfman/operator/operator.pub"));
  private static final ConfigKey<Duration> HEARTBEAT =
      ConfigKey.duration("heartbeat.interval", SHORTEST, LONGEST, "Time between two heartbeats.")
          .withDefault(Duration.ofSeconds(5));
  private static final ConfigKey<Duration> DRIFT =
      ConfigKey.duration(
              "drift.interval", SHORTEST, LONGEST, "Time between two comparisons of everything.")
          .withDefault(Duration.ofSeconds(10));
  private static final ConfigKey<Duration> RETRY_FIRST =
      ConfigKey.duration("retry.first", SHORTEST, LONGEST, "Delay after the first failure.")
          .withDefault(Duration.ofMillis(250));
  private static final ConfigKey<Duration> RETRY_LIMIT =
      ConfigKey.duration("retry.limit", SHORTEST, LONGEST, "Longest delay after a failure.")
          .withDefault(Duration.ofSeconds(30));
  private static final ConfigKey<Integer> PARALLEL =
      ConfigKey.integer("reconcile.parallel", 1, 64, "Applications worked on at the same time.")
          .withDefault(4);

  public static final List<ConfigKey<?>> KEYS =
      List.of(
          NodeKeys.NODE_NAME,
          LABELS,
          STATE_DIR,
          OPERATOR_KEY,
          HEARTBEAT,
          DRIFT,
          RETRY_FIRST,
          RETRY_LIMIT,
          PARALLEL);

  public AgentConfig {
    labels = Map.copyOf(labels);
  }

  /**
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID for a label without {@code =}
   */
  public static AgentConfig from(ConfigValues values) {
    String node = NodeKeys.nodeName(values);
    Map<String, String> labels = new TreeMap<>(Labels.parse(values.get(LABELS)));
    labels.put(HOST_LABEL, node);
    return new AgentConfig(
        node,
        labels,
        values.get(STATE_DIR),
        values.get(OPERATOR_KEY),
        values.get(HEARTBEAT),
        values.get(DRIFT),
        new Backoff(values.get(RETRY_FIRST), values.get(RETRY_LIMIT)),
        values.get(PARALLEL));
  }
}
