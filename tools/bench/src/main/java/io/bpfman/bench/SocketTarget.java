package io.bpfman.bench;

import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.loader.daemon.DaemonMain;
import io.bpfman.model.Bytecode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramSpec;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.UnloadRequest;
import io.bpfman.proto.x.v1.DescribeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The daemon in its own process, asked over its Unix socket. */
final class SocketTarget implements Target {
  private static final int CALL_LIMIT_SECONDS = 30;
  private static final int START_TRIES = 300;

  private final Setting setting;
  private final Process daemon;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
  private final GrpcLoader loader;

  SocketTarget(Setting setting, List<String> jvmFlags) throws Exception {
    this.setting = setting;
    Path socket = setting.directory().resolve("bench.sock");
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
    return "socket";
  }

  @Override
  public long load(Kind kind) throws Exception {
    LoadSpec spec =
        new LoadSpec(
            new Bytecode.File(setting.object().toString()),
            List.of(new ProgramSpec(kind.function(), kind.type())),
            Map.of(),
            Map.of(),
            null);
    return call(loader.load(LoadRequests.toProto(spec))).getPrograms(0).getKernelInfo().getId();
  }

  @Override
  public long attach(Kind kind, long program) throws Exception {
    AttachRequest request =
        AttachRequest.newBuilder()
            .setId((int) program)
            .setAttach(AttachInfos.toProto(kind.attachSpec(setting), Map.of()))
            .build();
    return call(loader.attach(request)).getLinkId();
  }

  @Override
  public void detach(long link) throws Exception {
    call(loader.detach(DetachRequest.newBuilder().setLinkId((int) link).build()));
  }

  @Override
  public void unload(long program) throws Exception {
    call(loader.unload(UnloadRequest.newBuilder().setId((int) program).build()));
  }

  /** Asks for one program; answers its id. */
  long get(long program) throws Exception {
    return call(loader.get(GetRequest.newBuilder().setId((int) program).build()))
        .getKernelInfo()
        .getId();
  }

  /** Lists all programs of the daemon; answers their number. */
  long list() throws Exception {
    return call(loader.list(ListRequest.newBuilder().setBpfmanProgramsOnly(true).build()))
        .getResultsCount();
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
