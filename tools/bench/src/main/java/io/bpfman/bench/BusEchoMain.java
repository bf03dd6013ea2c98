package io.bpfman.bench;

import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.ServiceHost;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;

/**
 * The answering process of the bus benchmark; runs until SIGTERM. Argument: host:port of the
 * measuring one.
 */
public final class BusEchoMain {
  static final String ADDRESS = "bench.echo";

  private BusEchoMain() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    ServiceHost.run("bus-echo", cluster(arguments[0], 0, false), () -> List.of(new Echo()));
  }

  static ClusterConfig cluster(String member, int port, boolean data) {
    return new ClusterConfig("bpfman-bench", "127.0.0.1", null, port, List.of(member), data);
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
