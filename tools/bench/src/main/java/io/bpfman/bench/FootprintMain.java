package io.bpfman.bench;

import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.model.Bytecode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramSpec;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.UnloadRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the daemon costs as it is installed: start, memory, and the command line. Arguments:
 * distribution directory object.
 */
public final class FootprintMain {
  private static final int STARTS = 7;
  private static final int CLIENT_STARTS = 7;
  private static final int CALLS = 10_000;

  /** Load, Get, Get, Unload. */
  private static final int CALLS_PER_ROUND = 4;

  private FootprintMain() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Path home = Path.of(arguments[0]);
    Path directory = Path.of(arguments[1]);
    LoadSpec spec =
        new LoadSpec(
            new Bytecode.File(arguments[2]),
            List.of(new ProgramSpec(Kind.XDP.function(), Kind.XDP.type())),
            Map.of(),
            Map.of(),
            null);
    Samples samples = new Samples();
    for (int i = 1; i < STARTS; i++) {
      try (InstalledDaemon daemon = InstalledDaemon.start(home, directory)) {
        samples.add("ready", daemon.readyMicros());
      }
    }
    try (InstalledDaemon daemon = InstalledDaemon.start(home, directory)) {
      samples.add("ready", daemon.readyMicros());
      measure(daemon, spec, samples);
    }
    System.exit(0);
  }

  private static void measure(InstalledDaemon daemon, LoadSpec spec, Samples samples)
      throws Exception {
    System.out.printf(
        "daemon ready      p50 %4.0f ms  p95 %4.0f ms  (goal 300)%n",
        samples.percentile("ready", 0.5) / 1e3, samples.percentile("ready", 0.95) / 1e3);
    Memory idle = daemon.memory();
    for (int i = 0; i < CLIENT_STARTS; i++) {
      samples.add("list", daemon.listMicros());
    }
    System.out.printf(
        "program list      p50 %4.0f ms  p95 %4.0f ms  (goal 200)%n",
        samples.percentile("list", 0.5) / 1e3, samples.percentile("list", 0.95) / 1e3);
    System.out.println("daemon PSS idle                " + idle + "  (goal 65)");
    call(daemon.socket(), spec);
    System.out.printf("daemon PSS after %,d calls  %s  (goal 85)%n", CALLS, daemon.memory());
  }

  private static void call(Path socket, LoadSpec spec) throws Exception {
    Vertx vertx = Vertx.vertx();
    GrpcLoader loader = new GrpcLoader(vertx, socket);
    for (int calls = 0; calls < CALLS; calls += CALLS_PER_ROUND) {
      int id =
          await(loader.load(LoadRequests.toProto(spec))).getPrograms(0).getKernelInfo().getId();
      await(loader.get(GetRequest.newBuilder().setId(id).build()));
      await(loader.get(GetRequest.newBuilder().setId(id).build()));
      await(loader.unload(UnloadRequest.newBuilder().setId(id).build()));
    }
    await(loader.close());
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
