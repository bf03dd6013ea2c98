package io.bpfman.operator.core.install;

import io.bpfman.api.manifest.ConfigValidator;
import io.bpfman.api.manifest.FieldProblem;
import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.api.v1alpha1.ConfigAgent;
import io.bpfman.api.v1alpha1.ConfigDaemon;
import io.bpfman.api.v1alpha1.ConfigSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads who says what has to run on the nodes. */
public final class Setups {
  static final String TOML = "bpfman.toml";
  static final String DAEMON_LEVEL = "bpfman.log.level";
  static final String AGENT_LEVEL = "bpfman.agent.log.level";
  private static final String DAEMON_IMAGE = "bpfman.image";
  private static final String AGENT_IMAGE = "bpfman.agent.image";
  private static final String HEALTH_ADDRESS = "bpfman.agent.healthprobe.addr";
  private static final String METRICS_ADDRESS = "bpfman.agent.metric.addr";

  /** What bpfman.toml says where the ConfigMap has none. */
  private static final String OLDER_TOML =
      """
      [database]
      max_retries = 30
      millisec_delay = 10000
      """;

  private Setups() {}

  /**
   * Where it names no namespace, the operator's own counts.
   *
   * @throws BpfmanException CONFIGURATION_INVALID with every rule that it breaks
   */
  public static NodeSetup of(Config config, InstallSettings settings) {
    ConfigSpec spec = config.getSpec();
    String named = spec.getNamespace();
    String namespace = named == null || named.isEmpty() ? settings.namespace() : named;
    spec.setNamespace(namespace);
    List<FieldProblem> problems = ConfigValidator.validate(config);
    ConfigAgent agent = spec.getAgent();
    ConfigDaemon daemon = spec.getDaemon();
    String toml = spec.getConfiguration();
    if (!problems.isEmpty() || agent == null || daemon == null || toml == null) {
      String words =
          problems.stream()
              .map(problem -> problem.path() + ": " + problem.message())
              .collect(Collectors.joining("; "));
      throw FailureCode.CONFIGURATION_INVALID.because(
          "Config " + config.getMetadata().getName() + " is invalid: " + words);
    }
    Integer port = agent.getHealthProbePort();
    return new NodeSetup(
        SetupOwner.of(config, namespace),
        agent,
        daemon,
        toml,
        new AgentAddresses(
            ":" + (port == null ? DefaultConfig.HEALTH_PORT : port), AgentAddresses.METRICS),
        spec.getOverrides());
  }

  /**
   * Whether it is a ConfigMap by which releases up to 0.5 are configured, and not one that was made
   * from a Config.
   */
  public static boolean isSource(@Nullable ConfigMap map) {
    return map != null
        && map.getMetadata().getDeletionTimestamp() == null
        && map.getMetadata().getOwnerReferences().stream().noneMatch(Setups::isConfig)
        && map.getData() != null
        && (map.getData().containsKey(DAEMON_IMAGE) || map.getData().containsKey(AGENT_IMAGE));
  }

  private static boolean isConfig(OwnerReference owner) {
    return owner.getKind().equals(ApiNames.CONFIG_KIND) && SetupOwner.isOurs(owner);
  }

  /**
   * Keys that are absent or empty have the value of the older release.
   *
   * @throws BpfmanException CONFIGURATION_INVALID for an address that is none
   */
  public static NodeSetup of(ConfigMap map, InstallSettings settings) {
    Map<String, String> data = map.getData() == null ? Map.of() : map.getData();
    ConfigAgent agent = new ConfigAgent();
    agent.setImage(value(data, AGENT_IMAGE, settings.images().agent()));
    agent.setLogLevel(value(data, AGENT_LEVEL, DefaultConfig.LOG_LEVEL));
    ConfigDaemon daemon = new ConfigDaemon();
    daemon.setImage(value(data, DAEMON_IMAGE, settings.images().daemon()));
    daemon.setLogLevel(value(data, DAEMON_LEVEL, DefaultConfig.LOG_LEVEL));
    return new NodeSetup(
        SetupOwner.of(map, map.getMetadata().getNamespace()),
        agent,
        daemon,
        value(data, TOML, OLDER_TOML),
        new AgentAddresses(
            value(data, HEALTH_ADDRESS, AgentAddresses.HEALTH),
            value(data, METRICS_ADDRESS, AgentAddresses.METRICS)),
        List.of());
  }

  private static String value(Map<String, String> data, String key, String otherwise) {
    String value = data.getOrDefault(key, "");
    return value.isBlank() ? otherwise : value.strip();
  }
}
