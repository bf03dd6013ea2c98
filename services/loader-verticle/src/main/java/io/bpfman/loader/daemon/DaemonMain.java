package io.bpfman.loader.daemon;

import io.bpfman.model.BpfmanException;
import io.bpfman.runtime.Logging;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** {@code bpfman serve}. */
public final class DaemonMain {
  /** The listening socket and all connections fit one loop; calls run on workers. */
  private static final int EVENT_LOOPS = 1;

  private DaemonMain() {}

  public static void main(String[] arguments) {
    int code = run(List.of(arguments));
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Serves until SIGTERM or SIGINT. Answers the exit code: 0, or 1 after one sentence on stderr. */
  public static int run(List<String> arguments) {
    try {
      DaemonConfig config = DaemonConfig.read(System.getenv(), arguments);
      Logging.configure(config.logLevel());
      serve(config);
      return 0;
    } catch (BpfmanException e) {
      System.err.println("bpfman serve: " + e.getMessage());
      return 1;
    }
  }

  private static void serve(DaemonConfig config) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setPreferNativeTransport(true));
    CountDownLatch stopped = new CountDownLatch(1);
    Daemon daemon = openOrClose(vertx, config);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LoggerFactory.getLogger(DaemonMain.class).info("stopping; programs stay");
                  daemon.close();
                  stopped.countDown();
                },
                "shutdown"));
    awaitQuietly(stopped);
  }

  private static Daemon openOrClose(Vertx vertx, DaemonConfig config) {
    try {
      return Daemon.open(vertx, config);
    } catch (RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  private static void awaitQuietly(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
