package io.bpfman.bench;

import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.ServiceHost;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The answering process of the bus benchmark; runs until SIGTERM. Arguments: host:port of the
 * measuring one, and for mutual TLS the directory with certificates of a member.
 */
public final class BusEchoMain {
  static final String ADDRESS = "bench.echo";

  private BusEchoMain() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    ServiceHost.run("bus-echo", cluster(arguments, 0, false), () -> List.of(new Echo()));
  }

  static ClusterConfig cluster(String[] arguments, int port, boolean data) {
    ClusterConfig plain =
        new ClusterConfig("bpfman-bench", "127.0.0.1", null, port, List.of(arguments[0]), data);
    return arguments.length > 1 ? plain.withTls(Path.of(arguments[1])) : plain;
  }

  private static final class Echo extends VerticleBase {
    @Override
    public Future<?> start() {
      return vertx
          .eventBus()
          .<Buffer>consumer(ADDRESS, message -> message.reply(message.body()))
          .completion();
    }
  }
}
