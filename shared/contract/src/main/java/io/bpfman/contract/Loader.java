package io.bpfman.contract;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.AttachResponse;
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
import java.util.function.Consumer;

/**
 * A loader of eBPF programs, wherever it is: behind the socket ({@link
 * io.bpfman.contract.grpc.GrpcLoader}), behind the bus ({@link io.bpfman.contract.bus.BusLoader}),
 * or in this process. A failed future carries a {@link BpfmanException}.
 */
public interface Loader {
  Future<LoadResponse> load(LoadRequest request);

  Future<UnloadResponse> unload(UnloadRequest request);

  Future<AttachResponse> attach(AttachRequest request);

  Future<DetachResponse> detach(DetachRequest request);

  Future<ListResponse> list(ListRequest request);

  Future<GetResponse> get(GetRequest request);

  Future<PullBytecodeResponse> pullBytecode(PullBytecodeRequest request);

  Future<ListProgramsResponse> listPrograms(ListProgramsRequest request);

  Future<ListLinksResponse> listLinks(ListLinksRequest request);

  /** All parts in one message; truncated, too, when they need more than 16 MiB. */
  Future<DumpMapResponse> dumpMap(DumpMapRequest request);

  Future<VerifierLogResponse> verifierLog(VerifierLogRequest request);

  Future<DescribeResponse> describe(DescribeRequest request);

  Future<ListMapsResponse> listMaps(ListMapsRequest request);

  Future<LookupMapResponse> lookupMap(LookupMapRequest request);

  Future<UpdateMapResponse> updateMap(UpdateMapRequest request);

  Future<DeleteMapEntryResponse> deleteMapEntry(DeleteMapEntryRequest request);

  Future<StatsResponse> stats(StatsRequest request);

  Future<ProbeResponse> probe(ProbeRequest request);

  /** A timeout says nothing about whether it was carried out. */
  Future<ReplaceResponse> replace(ReplaceRequest request);

  Future<CheckResponse> check(CheckRequest request);

  Future<DoctorResponse> doctor(DoctorRequest request);

  Future<ListDispatchersResponse> listDispatchers(ListDispatchersRequest request);

  /**
   * Tells what happens from now on until the watch is closed or lost; connecting again is left to
   * the caller. Only a daemon behind a socket can be watched: elsewhere the watch fails with
   * UNIMPLEMENTED.
   *
   * @param listener called for one event after the other, on the caller's event loop if it has one;
   *     the daemon waits for a slow one, and drops events of one that is too slow (kind OVERFLOW)
   */
  default LoaderWatch watch(WatchRequest request, Consumer<WatchEvent> listener) {
    return LoaderWatch.refused(
        FailureCode.UNIMPLEMENTED.because(
            "this loader cannot be watched", "watch the daemon at its socket"));
  }
}
