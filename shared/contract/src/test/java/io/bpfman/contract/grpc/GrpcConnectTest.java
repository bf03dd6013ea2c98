package io.bpfman.contract.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.BpfmanGrpcClient;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.LoadRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is stopped: the kernel takes connections for it, and nobody says a word. */
class GrpcConnectTest {
  private static final Duration LIMIT = Duration.ofMillis(200);
  private static final int QUEUE = 1;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private ServerSocketChannel stopped;
  private Path socket;

  @BeforeEach
  void listen() throws Exception {
    socket = directory.resolve("stopped.sock");
    stopped = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    stopped.bind(UnixDomainSocketAddress.of(socket), QUEUE);
  }

  @AfterEach
  void close() throws Exception {
    stopped.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void callsEndWhenNobodyTakesTheConnection() {
    GrpcCalls calls = new GrpcCalls(vertx, socket, LIMIT);
    BpfmanException changed =
        failure(calls.mutate(BpfmanGrpcClient.Load, LoadRequest.getDefaultInstance()));
    assertEquals(FailureCode.UNAVAILABLE, changed.failure().code());
    assertEquals(
        "the bpfman daemon did not take the connection to %s within 200 ms".formatted(socket),
        changed.failure().message());
    BpfmanException read =
        failure(calls.read(BpfmanGrpcClient.List, ListRequest.getDefaultInstance()));
    assertEquals(FailureCode.UNAVAILABLE, read.failure().code());
  }

  @Test
  void callsEndWhenTheQueueOfConnectionsIsFull() throws Exception {
    List<SocketChannel> others = new ArrayList<>();
    for (int i = 0; i <= QUEUE; i++) {
      others.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }
    GrpcCalls calls = new GrpcCalls(vertx, socket, LIMIT);
    BpfmanException failed =
        failure(calls.read(BpfmanGrpcClient.List, ListRequest.getDefaultInstance()));
    assertEquals(FailureCode.UNAVAILABLE, failed.failure().code());
    assertTrue(failed.failure().message().contains(socket.toString()), failed.getMessage());
    for (SocketChannel other : others) {
      other.close();
    }
  }

  private static BpfmanException failure(Future<?> call) {
    ExecutionException failed =
        assertThrows(
            ExecutionException.class,
            () -> call.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS));
    return assertInstanceOf(BpfmanException.class, failed.getCause());
  }
}
