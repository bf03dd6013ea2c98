package io.bpfman.contract.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.contract.LoaderWatch;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.ExtensionGrpcService;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchRequest;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client's side of a watch, against servers that behave well and badly. */
class GrpcWatchTest {
  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final List<WatchEvent> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Path socket() {
    return directory.resolve("x.sock");
  }

  private void serve(Handler<GrpcServerRequest<WatchRequest, WatchEvent>> handler) {
    GrpcServer server = GrpcServer.server(vertx);
    server.callHandler(ExtensionGrpcService.Watch, handler);
    listen(server);
  }

  private void listen(GrpcServer server) {
    vertx
        .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true))
        .requestHandler(server)
        .listen(SocketAddress.domainSocketAddress(socket().toString()))
        .await();
  }

  private LoaderWatch watch() {
    return new GrpcLoader(vertx, socket()).watch(WatchRequest.getDefaultInstance(), heard::add);
  }

  private static BpfmanException failure(LoaderWatch watch) {
    await().atMost(5, SECONDS).until(() -> watch.end().failed());
    return (BpfmanException) watch.end().cause();
  }

  private static WatchEvent numbered(long sequence) {
    return WatchEvent.newBuilder().setSequence(sequence).build();
  }

  @Test
  void withoutADaemonTheSocketIsNamed() {
    BpfmanException failure = failure(watch());
    assertEquals(FailureCode.UNAVAILABLE, failure.code());
    assertTrue(failure.getMessage().contains(socket().toString()), failure.getMessage());
  }

  @Test
  void serverThatKnowsNoWatchIsToldApart() {
    listen(GrpcServer.server(vertx));
    assertEquals(FailureCode.UNIMPLEMENTED, failure(watch()).code());
  }

  @Test
  void reasonOfTheServerComesAfterItsEvents() {
    serve(
        request ->
            request.handler(
                wanted -> {
                  request.response().write(numbered(1));
                  GrpcFailures.write(
                      new Failure(FailureCode.KERNEL_REFUSED, "no netlink", "a way out", ""),
                      null,
                      request.response());
                }));
    BpfmanException failure = failure(watch());
    assertEquals(FailureCode.KERNEL_REFUSED, failure.code());
    assertEquals("a way out", failure.failure().hint());
    assertEquals(List.of(numbered(1)), heard);
  }

  @Test
  void streamThatEndsWithoutAReasonIsAFailureToo() {
    serve(request -> request.handler(wanted -> request.response().end(numbered(1))));
    assertEquals(FailureCode.UNAVAILABLE, failure(watch()).code());
    assertEquals(List.of(numbered(1)), heard);
  }

  @Test
  void brokenConnectionIsAFailure() {
    serve(
        request ->
            request.handler(
                wanted ->
                    request
                        .response()
                        .write(numbered(1))
                        .onComplete(written -> request.connection().close())));
    assertEquals(FailureCode.UNAVAILABLE, failure(watch()).code());
  }

  @Test
  void closedWatchIsCancelledAtTheServerAndTellsNothingMore() {
    AtomicReference<Object> cancelled = new AtomicReference<>();
    serve(
        request ->
            request.handler(
                wanted -> {
                  request.errorHandler(cancelled::set);
                  request.response().write(numbered(1));
                }));
    LoaderWatch watch = watch();
    await().atMost(5, SECONDS).until(() -> heard.size() == 1);
    watch.close().await();
    watch.close().await();
    assertTrue(watch.end().succeeded());
    await().atMost(5, SECONDS).until(() -> cancelled.get() != null);
  }
}
