package io.bpfman.loader.adapter.grpc;

import io.bpfman.contract.grpc.GrpcFailures;
import io.bpfman.loader.core.Patience;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.BpfmanGrpcService;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.ExtensionGrpcService;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds every method of bpfman.v1 and bpfman.x.v1 to the loader of this process. */
public final class GrpcApi {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcApi.class);

  /** Requests carry paths, globals and metadata, never objects; 4 MiB is gRPC's own default. */
  static final long MAX_MESSAGE_BYTES = 4L << 20;

  private final CoreLoader loader;
  private final Callers callers;
  private final KeepAlive alive;
  private final RequestBytes requests = new RequestBytes();

  private GrpcApi(CoreLoader loader, Callers callers, KeepAlive alive) {
    this.loader = loader;
    this.callers = callers;
    this.alive = alive;
  }

  /** A server that is ready to be the handler of an HTTP/2 server. */
  public static GrpcServer create(
      Vertx vertx, CoreLoader loader, Callers callers, KeepAlive alive) {
    GrpcServer server =
        GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(MAX_MESSAGE_BYTES));
    new GrpcApi(loader, callers, alive).bind(server);
    return server;
  }

  private void bind(GrpcServer server) {
    bindLogged(server, BpfmanGrpcService.Load, loader::load);
    bindLogged(server, BpfmanGrpcService.Unload, loader::unload);
    bindLogged(server, BpfmanGrpcService.Attach, loader::attach);
    bindLogged(server, BpfmanGrpcService.Detach, loader::detach);
    bind(server, BpfmanGrpcService.List, loader::list);
    bind(server, BpfmanGrpcService.Get, loader::get);
    bindLogged(server, BpfmanGrpcService.PullBytecode, loader::pullBytecode);
    bindLogged(server, ExtensionGrpcService.Replace, loader::replace);
    bind(server, ExtensionGrpcService.ListPrograms, loader::listPrograms);
    bind(server, ExtensionGrpcService.ListLinks, loader::listLinks);
    server.callHandler(ExtensionGrpcService.DumpMap, this::dump);
    bind(server, ExtensionGrpcService.VerifierLog, loader::verifierLog);
    bind(server, ExtensionGrpcService.Describe, loader::describe);
    bind(server, ExtensionGrpcService.ListMaps, loader::listMaps);
    bind(server, ExtensionGrpcService.LookupMap, loader::lookupMap);
    bindLogged(server, ExtensionGrpcService.UpdateMap, loader::updateMap);
    bindLogged(server, ExtensionGrpcService.DeleteMapEntry, loader::deleteMapEntry);
    bind(server, ExtensionGrpcService.Stats, loader::stats);
    bind(server, ExtensionGrpcService.Probe, loader::probe);
    bind(server, ExtensionGrpcService.Check, loader::check);
    bindLogged(server, ExtensionGrpcService.Doctor, loader::doctor);
    bind(server, ExtensionGrpcService.ListDispatchers, loader::listDispatchers);
    server.callHandler(ExtensionGrpcService.Watch, this::watch);
  }

  private void watch(GrpcServerRequest<WatchRequest, WatchEvent> request) {
    ServiceMethod<WatchRequest, WatchEvent> method = ExtensionGrpcService.Watch;
    receive(
        method,
        request,
        message ->
            admitted(method, request)
                .map(admitted -> Requests.decode(method, message))
                .map(wanted -> watch(wanted, request))
                .onFailure(thrown -> fail(method, request, thrown)));
  }

  private WatchStream watch(
      WatchRequest wanted, GrpcServerRequest<WatchRequest, WatchEvent> request) {
    return WatchStream.begin(
        loader.events(), wanted, request, () -> alive.hold(request.connection()));
  }

  private void dump(GrpcServerRequest<DumpMapRequest, DumpMapResponse> request) {
    ServiceMethod<DumpMapRequest, DumpMapResponse> method = ExtensionGrpcService.DumpMap;
    Consumer<Throwable> failed = thrown -> fail(method, request, thrown);
    receive(
        method,
        request,
        message ->
            admitted(method, request)
                .compose(admitted -> loader.dumpParts(Requests.decode(method, message)))
                .onSuccess(parts -> DumpStream.begin(loader.dumping(), parts, request, failed))
                .onFailure(failed::accept));
  }

  private <Q, A> void bind(
      GrpcServer server, ServiceMethod<Q, A> method, Function<Q, Future<A>> call) {
    server.callHandler(method, request -> serve(method, request, call));
  }

  /** For calls that change something: the log says who asked. */
  private <Q, A> void bindLogged(
      GrpcServer server, ServiceMethod<Q, A> method, Function<Q, Future<A>> call) {
    server.callHandler(
        method,
        request -> {
          LOG.info("{} by {}", method.methodName(), Callers.describe(request.connection()));
          serve(method, request, call);
        });
  }

  private <Q, A> void serve(
      ServiceMethod<Q, A> method, GrpcServerRequest<Q, A> request, Function<Q, Future<A>> call) {
    receive(
        method,
        request,
        message -> {
          long bytes = message.payload().length();
          answer(method, request, () -> held(bytes, () -> decoded(method, message, call)));
        });
  }

  private <A> Future<A> held(long bytes, Supplier<Future<A>> call) {
    requests.take(bytes);
    try {
      return call.get().onComplete(answered -> requests.give(bytes));
    } catch (RuntimeException e) {
      requests.give(bytes);
      throw e;
    }
  }

  private static <Q, A> Future<A> decoded(
      ServiceMethod<Q, A> method, GrpcMessage message, Function<Q, Future<A>> call) {
    return call.apply(Requests.decode(method, message));
  }

  /** Hands on the first message of a call; one that has none, or no readable one, is refused. */
  private <Q, A> void receive(
      ServiceMethod<Q, A> method, GrpcServerRequest<Q, A> request, Consumer<GrpcMessage> work) {
    if (Requests.isCompressed(request)) {
      fail(method, request, Requests.compressed(request));
      return;
    }
    AtomicBoolean begun = new AtomicBoolean();
    request.invalidMessageHandler(
        invalid -> {
          if (!begun.getAndSet(true)) {
            refuse(request);
          }
        });
    request.messageHandler(
        message -> {
          if (!begun.getAndSet(true)) {
            work.accept(message);
          }
        });
    request.endHandler(
        end -> {
          if (!begun.getAndSet(true)) {
            fail(method, request, Requests.missing(method));
          }
        });
  }

  /** Works for the caller until it leaves or its deadline passes; who has left is not answered. */
  private <Q, A> void answer(
      ServiceMethod<Q, A> method, GrpcServerRequest<Q, A> request, Callable<Future<A>> call) {
    Patience patience = patience(request);
    Runnable done = alive.hold(request.connection());
    admitted(method, request)
        .compose(admitted -> begun(patience, call))
        .onComplete(
            answer -> {
              done.run();
              if (patience.hasLeft()) {
                LOG.info("{}: its caller left before it was answered", method.methodName());
              } else if (answer.succeeded()) {
                request.response().end(answer.result());
              } else {
                fail(method, request, answer.cause());
              }
            });
  }

  private static <A> Future<A> begun(Patience patience, Callable<Future<A>> call) {
    try {
      return patience.during(call);
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  /** Ends with the stream: reset by the client, or closed together with its connection. */
  private static Patience patience(GrpcServerRequest<?, ?> request) {
    long millis = request.timeout();
    Patience patience =
        new Patience(millis > 0 ? Duration.ofMillis(millis) : null, System::nanoTime);
    request.errorHandler(error -> patience.leave());
    request.exceptionHandler(thrown -> patience.leave());
    request.response().exceptionHandler(thrown -> patience.leave());
    return patience;
  }

  private Future<Void> admitted(ServiceMethod<?, ?> method, GrpcServerRequest<?, ?> request) {
    try {
      callers.require(request.connection(), method.methodName());
      return Future.succeededFuture();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static void refuse(GrpcServerRequest<?, ?> request) {
    GrpcFailures.write(
        new Failure(
            FailureCode.MESSAGE_TOO_LARGE,
            "the request cannot be read: it is malformed or longer than %d bytes"
                .formatted(MAX_MESSAGE_BYTES),
            "objects are loaded by path or image, never sent in the request",
            ""),
        null,
        request.response());
  }

  private void fail(ServiceMethod<?, ?> method, GrpcServerRequest<?, ?> request, Throwable thrown) {
    Failure failure = Failure.of(thrown);
    if (failure.code() == FailureCode.INTERNAL || failure.code() == FailureCode.STORE_FAILED) {
      LOG.error("{} failed", method.methodName(), thrown);
    } else {
      LOG.info("{} refused: {}", method.methodName(), failure.describe());
    }
    String logId = failure.log().isEmpty() ? null : loader.logs().keep(failure.log());
    GrpcFailures.write(failure, logId, request.response());
  }
}
