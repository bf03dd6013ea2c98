package io.bpfman.bench;

import io.bpfman.runtime.cluster.ServiceHost;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Request and reply of 200 bytes over the clustered bus between two processes. Arguments: host:port
 * to listen on, and for mutual TLS the directory with certificates of a member.
 */
public final class BusBenchMain {
  private static final int PAYLOAD_BYTES = 200;
  private static final int WARM_UP = 20_000;
  private static final int REQUESTS = 100_000;
  private static final int RETRY_MILLIS = 200;
  private static final int START_TRIES = 150;

  private BusBenchMain() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    String member = arguments[0];
    int port = Integer.parseInt(member.substring(member.lastIndexOf(':') + 1));
    ServiceHost.run(
        "bus-bench", BusEchoMain.cluster(arguments, port, true), () -> List.of(new Client()));
  }

  /** Measures once, prints, and ends the process. */
  private static final class Client extends VerticleBase {
    private final Buffer payload = Buffer.buffer(new byte[PAYLOAD_BYTES]);

    @Override
    public Future<?> start() {
      awaitEcho(START_TRIES)
          .compose(ready -> measure(1, WARM_UP))
          .compose(warm -> report(1))
          .compose(done -> report(16))
          .compose(done -> report(64))
          .compose(done -> report(256))
          .onComplete(
              end -> {
                if (end.failed()) {
                  System.err.println("bus benchmark: " + end.cause());
                }
                Thread.ofPlatform().start(() -> System.exit(end.succeeded() ? 0 : 1));
              });
      return Future.succeededFuture();
    }

    private Future<?> awaitEcho(int tries) {
      return vertx
          .eventBus()
          .request(BusEchoMain.ADDRESS, payload)
          .recover(
              absent ->
                  tries == 0
                      ? Future.failedFuture(absent)
                      : vertx.timer(RETRY_MILLIS).compose(t -> awaitEcho(tries - 1).mapEmpty()));
    }

    private Future<Void> report(int inFlight) {
      long start = System.nanoTime();
      return measure(inFlight, REQUESTS)
          .map(
              micros -> {
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                    "bus, %3d in flight: %,9.0f/s  p50 %7.0f us  p95 %7.0f us%n",
                    inFlight,
                    REQUESTS / seconds,
                    micros[micros.length / 2],
                    micros[(int) (micros.length * 0.95)]);
                return null;
              });
    }

    /** Sorted times in microseconds. */
    private Future<double[]> measure(int inFlight, int requests) {
      Promise<double[]> promise = Promise.promise();
      double[] micros = new double[requests];
      int[] counters = new int[2];
      for (int i = 0; i < inFlight; i++) {
        next(micros, counters, promise);
      }
      return promise.future();
    }

    private void next(double[] micros, int[] counters, Promise<double[]> promise) {
      if (counters[0]++ >= micros.length) {
        return;
      }
      long start = System.nanoTime();
      vertx
          .eventBus()
          .request(BusEchoMain.ADDRESS, payload)
          .onFailure(promise::tryFail)
          .onSuccess(
              reply -> {
                micros[counters[1]++] = (System.nanoTime() - start) / 1e3;
                if (counters[1] == micros.length) {
                  Arrays.sort(micros);
                  promise.tryComplete(micros);
                } else {
                  next(micros, counters, promise);
                }
              });
    }
  }
}
