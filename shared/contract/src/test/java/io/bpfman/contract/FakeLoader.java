package io.bpfman.contract;

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
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Answers every call with something recognizable, or with a failure when one is set; notes the
 * names of the calls.
 */
public final class FakeLoader implements Loader {
  public final List<String> calls = new CopyOnWriteArrayList<>();
  public final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  @Override
  public Future<LoadResponse> load(LoadRequest request) {
    return answer("Load", LoadResponse.getDefaultInstance());
  }

  @Override
  public Future<UnloadResponse> unload(UnloadRequest request) {
    return answer("Unload", UnloadResponse.getDefaultInstance());
  }

  @Override
  public Future<AttachResponse> attach(AttachRequest request) {
    return answer("Attach", AttachResponse.newBuilder().setLinkId(request.getId() + 1).build());
  }

  @Override
  public Future<DetachResponse> detach(DetachRequest request) {
    return answer("Detach", DetachResponse.getDefaultInstance());
  }

  @Override
  public Future<ListResponse> list(ListRequest request) {
    return answer("List", ListResponse.getDefaultInstance());
  }

  @Override
  public Future<GetResponse> get(GetRequest request) {
    return answer("Get", GetResponse.getDefaultInstance());
  }

  @Override
  public Future<PullBytecodeResponse> pullBytecode(PullBytecodeRequest request) {
    return answer("PullBytecode", PullBytecodeResponse.getDefaultInstance());
  }

  @Override
  public Future<ListLinksResponse> listLinks(ListLinksRequest request) {
    return answer("ListLinks", ListLinksResponse.getDefaultInstance());
  }

  @Override
  public Future<DumpMapResponse> dumpMap(DumpMapRequest request) {
    return answer("DumpMap", DumpMapResponse.newBuilder().setMapId(5).build());
  }

  @Override
  public Future<VerifierLogResponse> verifierLog(VerifierLogRequest request) {
    return answer(
        "VerifierLog", VerifierLogResponse.newBuilder().setLog("log " + request.getId()).build());
  }

  @Override
  public Future<DescribeResponse> describe(DescribeRequest request) {
    return answer("Describe", DescribeResponse.newBuilder().setVersion("test").build());
  }

  @Override
  public Future<ListMapsResponse> listMaps(ListMapsRequest request) {
    return answer("ListMaps", ListMapsResponse.getDefaultInstance());
  }

  @Override
  public Future<LookupMapResponse> lookupMap(LookupMapRequest request) {
    return answer("LookupMap", LookupMapResponse.getDefaultInstance());
  }

  @Override
  public Future<UpdateMapResponse> updateMap(UpdateMapRequest request) {
    return answer("UpdateMap", UpdateMapResponse.getDefaultInstance());
  }

  @Override
  public Future<DeleteMapEntryResponse> deleteMapEntry(DeleteMapEntryRequest request) {
    return answer("DeleteMapEntry", DeleteMapEntryResponse.getDefaultInstance());
  }

  @Override
  public Future<StatsResponse> stats(StatsRequest request) {
    return answer("Stats", StatsResponse.getDefaultInstance());
  }

  @Override
  public Future<ProbeResponse> probe(ProbeRequest request) {
    return answer("Probe", ProbeResponse.getDefaultInstance());
  }

  @Override
  public Future<ReplaceResponse> replace(ReplaceRequest request) {
    return answer("Replace", ReplaceResponse.getDefaultInstance());
  }

  @Override
  public Future<CheckResponse> check(CheckRequest request) {
    return answer("Check", CheckResponse.getDefaultInstance());
  }

  @Override
  public Future<ListProgramsResponse> listPrograms(ListProgramsRequest request) {
    return answer("ListPrograms", ListProgramsResponse.getDefaultInstance());
  }

  @Override
  public Future<ListDispatchersResponse> listDispatchers(ListDispatchersRequest request) {
    return answer("ListDispatchers", ListDispatchersResponse.getDefaultInstance());
  }

  @Override
  public Future<DoctorResponse> doctor(DoctorRequest request) {
    return answer("Doctor", DoctorResponse.getDefaultInstance());
  }

  private <R> Future<R> answer(String call, R reply) {
    calls.add(call);
    Throwable thrown = failure.get();
    return thrown == null ? Future.succeededFuture(reply) : Future.failedFuture(thrown);
  }
}
