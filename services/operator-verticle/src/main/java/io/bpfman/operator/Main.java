package io.bpfman.operator;

import io.bpfman.model.BpfmanException;
import io.bpfman.operator.adapter.manifest.ManifestDirectory;
import io.bpfman.operator.adapter.manifest.StatusDirectory;
import io.bpfman.runtime.Logging;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.ServiceHost;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigReader;
import java.time.InstantSource;
import java.util.List;

/**
 * Starts the operator with a directory of manifests as its source. Exit code 1 when it cannot
 * start.
 */
public final class Main {
  private static final ConfigKey<String> LOG_LEVEL =
      ConfigKey.text("log.level", "trace, debug, info, warn or error.").withDefault("info");

  private Main() {}

  private record Setup(ClusterConfig cluster, OperatorConfig operator, String logLevel) {}

  public static void main(String[] arguments) {
    ConfigReader reader = new ConfigReader(System.getenv(), List.of(arguments));
    List<ConfigKey<?>> keys =
        ConfigReader.join(OperatorConfig.KEYS, ClusterConfig.KEYS, List.of(LOG_LEVEL));
    if (reader.wantsHelp()) {
      System.err.print(ConfigReader.help("bpfman-operator", keys));
      return;
    }
    try {
      run(
          reader.read(
              keys,
              values ->
                  new Setup(
                      ClusterConfig.from(values).asDataMember(),
                      OperatorConfig.from(values),
                      values.get(LOG_LEVEL))));
    } catch (BpfmanException e) {
      System.err.println("bpfman-operator: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Setup setup) {
    Logging.configure(setup.logLevel());
    OperatorConfig config = setup.operator();
    ServiceHost.run(
        "bpfman-operator",
        setup.cluster(),
        () ->
            List.of(
                new OperatorVerticle(
                    config,
                    new ManifestDirectory(config.manifests()),
                    new StatusDirectory(config.manifests()),
                    InstantSource.system())));
  }
}
