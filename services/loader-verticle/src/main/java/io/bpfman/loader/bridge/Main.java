package io.bpfman.loader.bridge;

import io.bpfman.contract.NodeKey;
import io.bpfman.model.BpfmanException;
import io.bpfman.runtime.Logging;
import io.bpfman.runtime.cluster.ServiceHost;
import java.util.List;

/** {@code bpfman-loader}: the bridge as a process of its own. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    try {
      LoaderConfig config = LoaderConfig.read(System.getenv(), List.of(arguments));
      Logging.configure(config.logLevel());
      NodeKey key = NodeKey.loadOrCreate(config.loaderKey());
      ServiceHost.run(
          "bpfman-loader",
          config.cluster(),
          () -> List.of(new LoaderVerticle(config.node(), config.socketPath(), key)));
    } catch (BpfmanException e) {
      System.err.println("bpfman-loader: " + e.getMessage());
      System.exit(1);
    }
  }
}
