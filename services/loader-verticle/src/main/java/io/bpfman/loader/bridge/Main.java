package io.bpfman.loader.bridge;

import io.bpfman.contract.NodeKey;
import io.bpfman.runtime.cluster.ClusteredService;
import io.bpfman.runtime.config.ConfigValues;
import io.vertx.core.Deployable;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** {@code bpfman-loader}: the bridge as a process of its own. */
public final class Main {
  static final ClusteredService SERVICE =
      new ClusteredService(
          "bpfman-loader", LoaderConfig.KEYS, UnaryOperator.identity(), Main::verticles);

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int code = SERVICE.run(System.getenv(), List.of(arguments));
    if (code != 0) {
      System.exit(code);
    }
  }

  private static Supplier<List<? extends Deployable>> verticles(ConfigValues values) {
    LoaderConfig config = LoaderConfig.from(values);
    NodeKey key = NodeKey.loadOrCreate(config.loaderKey());
    return () -> List.of(new LoaderVerticle(config.node(), config.socketPath(), key));
  }
}
