package io.bpfman.runtime.cluster;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A membership of a test in its JVM. */
final class TestMember implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(40);

  private final RecordingListener listener = new RecordingListener();
  private final Membership membership;

  private TestMember(ClusterConfig config) {
    membership = new Membership("test", config, listener);
    membership.start();
  }

  /** One that was told to join and may not have yet. */
  static TestMember start(ClusterConfig config) {
    return new TestMember(config);
  }

  static TestMember joined(ClusterConfig config) {
    TestMember member = start(config);
    await().atMost(LIMIT).until(member::isJoined);
    return member;
  }

  /** An operator on its port, or a lite member that looks for one there. */
  static ClusterConfig config(String cluster, int port, boolean data, Path tls) {
    return new ClusterConfig(
            cluster, "127.0.0.1", null, data ? port : 0, List.of("127.0.0.1:" + port), data)
        .withTls(tls);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isJoined() {
    return listener.isJoined();
  }

  List<String> told() {
    return listener.calls();
  }

  Vertx vertx() {
    return listener.vertx();
  }

  String describe() {
    return membership.describe().orElse("not joined");
  }

  /** Answers each request at {@code address} with its body. */
  void echo(String address) {
    get(
        vertx()
            .eventBus()
            .consumer(address, message -> message.reply(message.body()))
            .completion()
            .toCompletionStage());
  }

  /** Whether {@code address} answers within a second. */
  boolean hears(String address) {
    try {
      get(
          vertx()
              .eventBus()
              .request(address, "hello", new DeliveryOptions().setSendTimeout(1_000))
              .toCompletionStage());
      return true;
    } catch (IllegalStateException _) {
      return false;
    }
  }

  @Override
  public void close() {
    membership.close(Duration.ofSeconds(4));
  }

  private static void get(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
