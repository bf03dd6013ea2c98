package io.bpfman.bench;

import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.loader.daemon.DaemonMain;
import io.bpfman.proto.x.v1.DescribeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The daemon in its own process, asked over its Unix socket as our agent asks it. */
final class SocketTarget implements Target {
  private static final int CALL_LIMIT_SECONDS = 30;
  private static final int START_TRIES = 300;

  private final Setting setting;
  private final Path socket;
  private final Process daemon;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
  private final GrpcLoader loader;

  SocketTarget(Setting setting, List<String> jvmFlags) throws Exception {
    this.setting = setting;
    socket = setting.directory().resolve("bench.sock");
    daemon =
        JavaProcess.start(
            jvmFlags,
            DaemonMain.class,
            List.of(
                "--runtime-dir",
                setting.directory().resolve("daemon").toString(),
                "--socket-path",
                socket.toString(),
                "--log",
                "warn"));
    loader = new GrpcLoader(vertx, socket);
    awaitAnswer();
  }

  private void awaitAnswer() throws Exception {
    for (int tries = 1; ; tries++) {
      try {
        call(loader.describe(DescribeRequest.getDefaultInstance()));
        return;
      } catch (ExecutionException e) {
        if (tries == START_TRIES || !daemon.isAlive()) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  @Override
  public String name() {
    return "socket, Vert.x";
  }

  /** Another client of the same daemon. */
  BlockingTarget blocking() throws IOException {
    return new BlockingTarget(setting, socket);
  }

  @Override
  public long load(Kind kind) throws Exception {
    return call(loader.load(Requests.load(setting, kind))).getPrograms(0).getKernelInfo().getId();
  }

  @Override
  public long attach(Kind kind, long program) throws Exception {
    return call(loader.attach(Requests.attach(setting, kind, program))).getLinkId();
  }

  @Override
  public void detach(long link) throws Exception {
    call(loader.detach(Requests.detach(link)));
  }

  @Override
  public void unload(long program) throws Exception {
    call(loader.unload(Requests.unload(program)));
  }

  private static <T> T call(Future<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(CALL_LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    call(loader.close());
    call(vertx.close());
    JavaProcess.stop(daemon);
  }
}
