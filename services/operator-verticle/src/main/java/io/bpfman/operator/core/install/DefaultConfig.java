package io.bpfman.operator.core.install;

import io.bpfman.api.manifest.ManifestWriter;
import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.api.v1alpha1.ConfigAgent;
import io.bpfman.api.v1alpha1.ConfigDaemon;

/** The Config of a cluster where nobody made one. */
public final class DefaultConfig {
  static final String LOG_LEVEL = "info";
  static final int HEALTH_PORT = 8175;

  /** Word for word what released tools compare with. */
  public static final String CONFIGURATION =
      """
      [database]
      max_retries = 30
      millisec_delay = 10000
      [signing]
      allow_unsigned = true
      verify_enabled = true
      """;

  private DefaultConfig() {}

  public static Config of(InstallSettings settings) {
    ConfigAgent agent = new ConfigAgent();
    agent.setImage(settings.images().agent());
    agent.setLogLevel(LOG_LEVEL);
    agent.setHealthProbePort(HEALTH_PORT);
    ConfigDaemon daemon = new ConfigDaemon();
    daemon.setImage(settings.images().daemon());
    daemon.setLogLevel(LOG_LEVEL);
    Config config = new Config();
    config.getMetadata().setName(ApiNames.CONFIG_NAME);
    config.getSpec().setNamespace(settings.namespace());
    config.getSpec().setAgent(agent);
    config.getSpec().setDaemon(daemon);
    config.getSpec().setConfiguration(CONFIGURATION);
    return config;
  }

  /** What {@code bpfman-operator default-config} prints; kubectl accepts it. */
  public static String yaml(InstallSettings settings) {
    return ManifestWriter.toYaml(of(settings));
  }
}
