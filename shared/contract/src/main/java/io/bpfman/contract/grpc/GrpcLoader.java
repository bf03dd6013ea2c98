package io.bpfman.contract.grpc;

import io.bpfman.contract.Loader;
import io.bpfman.contract.LoaderWatch;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.AttachResponse;
import io.bpfman.proto.v1.BpfmanGrpcClient;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.DetachResponse;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.GetResponse;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.LoadResponse;
import io.bpfman.proto.v1.PullBytecodeRequest;
import io.bpfman.proto.v1.PullBytecodeResponse;
import io.bpfman.proto.v1.UnloadRequest;
import io.bpfman.proto.v1.UnloadResponse;
import io.bpfman.proto.x.v1.CheckRequest;
import io.bpfman.proto.x.v1.CheckResponse;
import io.bpfman.proto.x.v1.DeleteMapEntryRequest;
import io.bpfman.proto.x.v1.DeleteMapEntryResponse;
import io.bpfman.proto.x.v1.DescribeRequest;
import io.bpfman.proto.x.v1.DescribeResponse;
import io.bpfman.proto.x.v1.DoctorRequest;
import io.bpfman.proto.x.v1.DoctorResponse;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.ExtensionGrpcClient;
import io.bpfman.proto.x.v1.ListDispatchersRequest;
import io.bpfman.proto.x.v1.ListDispatchersResponse;
import io.bpfman.proto.x.v1.ListLinksRequest;
import io.bpfman.proto.x.v1.ListLinksResponse;
import io.bpfman.proto.x.v1.ListMapsRequest;
import io.bpfman.proto.x.v1.ListMapsResponse;
import io.bpfman.proto.x.v1.ListProgramsRequest;
import io.bpfman.proto.x.v1.ListProgramsResponse;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.LookupMapResponse;
import io.bpfman.proto.x.v1.ProbeRequest;
import io.bpfman.proto.x.v1.ProbeResponse;
import io.bpfman.proto.x.v1.ReplaceRequest;
import io.bpfman.proto.x.v1.ReplaceResponse;
import io.bpfman.proto.x.v1.StatsRequest;
import io.bpfman.proto.x.v1.StatsResponse;
import io.bpfman.proto.x.v1.UpdateMapRequest;
import io.bpfman.proto.x.v1.UpdateMapResponse;
import io.bpfman.proto.x.v1.VerifierLogRequest;
import io.bpfman.proto.x.v1.VerifierLogResponse;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The daemon behind a Unix socket, ours or any other server of bpfman.v1. Connects when first used
 * and again after a loss. Mutating calls time out after 60 s, reading ones after 5 s, connecting
 * after 10 s; a watch ends when the daemon is silent for 30 s. Any thread may call.
 */
public final class GrpcLoader implements Loader {
  private final Vertx vertx;
  private final GrpcCalls calls;

  public GrpcLoader(Vertx vertx, Path socket) {
    this.vertx = vertx;
    this.calls = new GrpcCalls(vertx, socket);
  }

  /** Ends the connection; calls under way fail. Idempotent. */
  public Future<Void> close() {
    return calls.close();
  }

  /**
   * A verifier rejection comes with the full log when the daemon still has it, else with its end.
   */
  @Override
  public Future<LoadResponse> load(LoadRequest request) {
    return calls
        .mutate(BpfmanGrpcClient.Load, request)
        .recover(this::withFullLog)
        .recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<UnloadResponse> unload(UnloadRequest request) {
    return calls.mutate(BpfmanGrpcClient.Unload, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<AttachResponse> attach(AttachRequest request) {
    return calls.mutate(BpfmanGrpcClient.Attach, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<DetachResponse> detach(DetachRequest request) {
    return calls
        .mutate(BpfmanGrpcClient.Detach, request)
        .recover(GrpcLoader::toDomain)
        .recover(GrpcLoader::linkNotFound);
  }

  /** What Detach does not find is a link, which servers without our details do not say. */
  private static Future<DetachResponse> linkNotFound(Throwable thrown) {
    return Future.failedFuture(
        thrown instanceof BpfmanException known && known.code() == FailureCode.PROGRAM_NOT_FOUND
            ? FailureCode.LINK_NOT_FOUND.because(
                known.failure().message(), known.failure().hint(), known)
            : thrown);
  }

  @Override
  public Future<PullBytecodeResponse> pullBytecode(PullBytecodeRequest request) {
    return calls.mutate(BpfmanGrpcClient.PullBytecode, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<ListResponse> list(ListRequest request) {
    return calls.read(BpfmanGrpcClient.List, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<GetResponse> get(GetRequest request) {
    return calls.read(BpfmanGrpcClient.Get, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<ListLinksResponse> listLinks(ListLinksRequest request) {
    return calls.read(ExtensionGrpcClient.ListLinks, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<DumpMapResponse> dumpMap(DumpMapRequest request) {
    return calls.dump(request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<VerifierLogResponse> verifierLog(VerifierLogRequest request) {
    return calls.read(ExtensionGrpcClient.VerifierLog, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<DescribeResponse> describe(DescribeRequest request) {
    return calls.read(ExtensionGrpcClient.Describe, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<ListMapsResponse> listMaps(ListMapsRequest request) {
    return calls.read(ExtensionGrpcClient.ListMaps, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<LookupMapResponse> lookupMap(LookupMapRequest request) {
    return calls.read(ExtensionGrpcClient.LookupMap, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<UpdateMapResponse> updateMap(UpdateMapRequest request) {
    return calls.mutate(ExtensionGrpcClient.UpdateMap, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<DeleteMapEntryResponse> deleteMapEntry(DeleteMapEntryRequest request) {
    return calls.mutate(ExtensionGrpcClient.DeleteMapEntry, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<StatsResponse> stats(StatsRequest request) {
    return calls.read(ExtensionGrpcClient.Stats, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<ProbeResponse> probe(ProbeRequest request) {
    return calls.read(ExtensionGrpcClient.Probe, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<ListProgramsResponse> listPrograms(ListProgramsRequest request) {
    return calls.read(ExtensionGrpcClient.ListPrograms, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<ListDispatchersResponse> listDispatchers(ListDispatchersRequest request) {
    return calls.read(ExtensionGrpcClient.ListDispatchers, request).recover(GrpcLoader::toDomain);
  }

  @Override
  public Future<DoctorResponse> doctor(DoctorRequest request) {
    return calls.mutate(ExtensionGrpcClient.Doctor, request).recover(GrpcLoader::toDomain);
  }

  /** As {@link #load}. */
  @Override
  public Future<ReplaceResponse> replace(ReplaceRequest request) {
    return calls
        .mutate(ExtensionGrpcClient.Replace, request)
        .recover(this::withFullLog)
        .recover(GrpcLoader::toDomain);
  }

  /** Verifies like a load, so it may take as long; a rejection comes with the full log. */
  @Override
  public Future<CheckResponse> check(CheckRequest request) {
    return calls
        .mutate(ExtensionGrpcClient.Check, request)
        .recover(this::withFullLog)
        .recover(GrpcLoader::toDomain);
  }

  @Override
  public LoaderWatch watch(WatchRequest request, Consumer<WatchEvent> listener) {
    GrpcWatch watch = new GrpcWatch(vertx.getOrCreateContext(), listener);
    watch.begin(calls, request);
    return watch;
  }

  /**
   * Without the extension, or when the daemon has forgotten the log, the end that came along stays.
   */
  private <R> Future<R> withFullLog(Throwable thrown) {
    return thrown instanceof GrpcStatusException status && status.verifierLogId() != null
        ? withFullLog(status, status.verifierLogId())
        : Future.failedFuture(thrown);
  }

  private <R> Future<R> withFullLog(GrpcStatusException rejected, String logId) {
    return calls
        .read(ExtensionGrpcClient.VerifierLog, VerifierLogRequest.newBuilder().setId(logId).build())
        .transform(
            answer ->
                Future.failedFuture(
                    answer.succeeded()
                        ? new BpfmanException(
                            rejected.failure().withLog(answer.result().getLog()), rejected)
                        : rejected));
  }

  private static <R> Future<R> toDomain(Throwable thrown) {
    return Future.failedFuture(
        switch (thrown) {
          case BpfmanException known -> known;
          case GrpcStatusException status -> new BpfmanException(status.failure(), status);
          default ->
              FailureCode.INTERNAL.because("a call to the daemon failed: " + thrown, "", thrown);
        });
  }
}
