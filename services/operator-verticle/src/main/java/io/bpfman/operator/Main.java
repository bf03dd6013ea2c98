package io.bpfman.operator;

import io.bpfman.operator.adapter.manifest.ManifestDirectory;
import io.bpfman.operator.adapter.manifest.StatusDirectory;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.ClusteredService;
import io.bpfman.runtime.config.ConfigValues;
import io.vertx.core.Deployable;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** {@code bpfman-operator} with a directory of manifests as its source. */
public final class Main {
  static final ClusteredService SERVICE =
      new ClusteredService(
          "bpfman-operator", OperatorConfig.KEYS, ClusterConfig::asDataMember, Main::verticles);

  private Main() {}

  public static void main(String[] arguments) {
    int code = SERVICE.run(System.getenv(), List.of(arguments));
    if (code != 0) {
      System.exit(code);
    }
  }

  private static Supplier<List<? extends Deployable>> verticles(ConfigValues values) {
    OperatorConfig config = OperatorConfig.from(values);
    return () ->
        List.of(
            new OperatorVerticle(
                config,
                OperatorPorts.alone(
                    () ->
                        new OperatorPorts.Ends(
                            new ManifestDirectory(config.manifests()),
                            new StatusDirectory(config.manifests()))),
                InstantSource.system()));
  }
}
