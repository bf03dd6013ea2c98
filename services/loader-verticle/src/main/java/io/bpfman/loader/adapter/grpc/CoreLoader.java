package io.bpfman.loader.adapter.grpc;

import io.bpfman.contract.Loader;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.ProgramView;
import io.bpfman.loader.core.watch.EventHub;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import io.bpfman.model.RequestBounds;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The loader in this process: calls run on threads of their own, several at once. */
public final class CoreLoader implements Loader {
  /** Bytes of dumps that wait for their clients. */
  private static final long DUMP_ROOM = 32L << 20;

  private final LoaderCore core;
  private final CallThreads threads;
  private final DescribeResponse description;
  private final MapCalls maps;
  private final DiagnosticCalls diagnostics;
  private final DoctorCalls doctor;
  private final DumpStream.Reading dumping;
  private final VerifierLogs logs = new VerifierLogs();

  public CoreLoader(LoaderCore core, CallThreads threads, DescribeResponse description) {
    this.core = core;
    this.maps = new MapCalls(core.maps());
    this.diagnostics = new DiagnosticCalls(core);
    this.doctor = new DoctorCalls(core.doctor());
    this.threads = threads;
    this.dumping = new DumpStream.Reading(threads, new DumpRoom(DUMP_ROOM));
    this.description = description;
  }

  VerifierLogs logs() {
    return logs;
  }

  EventHub events() {
    return core.events();
  }

  @Override
  public Future<LoadResponse> load(LoadRequest request) {
    return threads.change(
        () -> {
          LoadResponse.Builder response = LoadResponse.newBuilder();
          core.programs()
              .load(LoadRequests.fromProto(request))
              .forEach(view -> response.addPrograms(ProgramMessages.loaded(view)));
          return response.build();
        });
  }

  @Override
  public Future<ReplaceResponse> replace(ReplaceRequest request) {
    return threads.change(
        () -> ReplaceMessages.response(core.replacement().replace(ReplaceMessages.spec(request))));
  }

  @Override
  public Future<UnloadResponse> unload(UnloadRequest request) {
    return threads.change(
        () -> {
          core.programs().unload(programId(request.getId()));
          return UnloadResponse.getDefaultInstance();
        });
  }

  @Override
  public Future<AttachResponse> attach(AttachRequest request) {
    return threads.change(
        () -> {
          if (!request.hasAttach()) {
            throw FailureCode.INVALID_REQUEST.because("attach is not set", "say where to attach");
          }
          RequestBounds.requireMetadata(AttachInfos.metadata(request.getAttach()));
          LinkId link =
              core.links()
                  .attach(
                      programId(request.getId()),
                      AttachInfos.fromProto(request.getAttach()),
                      AttachInfos.metadata(request.getAttach()))
                  .id();
          return AttachResponse.newBuilder().setLinkId((int) link.value()).build();
        });
  }

  @Override
  public Future<DetachResponse> detach(DetachRequest request) {
    return threads.change(
        () -> {
          core.links().detach(new LinkId(Integer.toUnsignedLong(request.getLinkId())));
          return DetachResponse.getDefaultInstance();
        });
  }

  @Override
  public Future<ListResponse> list(ListRequest request) {
    return threads.read(() -> listed(request));
  }

  private ListResponse listed(ListRequest request) {
    Map<Long, ListResponse.ListResult> results = new HashMap<>();
    boolean oursOnly = request.getBpfmanProgramsOnly() || request.getMatchMetadataCount() > 0;
    if (oursOnly) {
      putAll(results, core.inventory().programs(request.getMatchMetadataMap()));
    } else {
      List<KernelProgram> living = core.inventory().kernelPrograms();
      living.forEach(kernel -> put(results, result(kernel).build()));
      putAll(results, core.inventory().programs(Map.of(), living));
    }
    return ListResponse.newBuilder().addAllResults(filtered(results, request)).build();
  }

  @Override
  public Future<ListProgramsResponse> listPrograms(ListProgramsRequest request) {
    return threads.read(() -> new ProgramDetails(core).list(request));
  }

  private static void putAll(Map<Long, ListResponse.ListResult> results, List<ProgramView> views) {
    views.forEach(
        view -> put(results, result(view.kernel()).setInfo(ProgramMessages.info(view)).build()));
  }

  private static void put(
      Map<Long, ListResponse.ListResult> results, ListResponse.ListResult result) {
    results.put(Integer.toUnsignedLong(result.getKernelInfo().getId()), result);
  }

  private static ListResponse.ListResult.Builder result(KernelProgram kernel) {
    return ListResponse.ListResult.newBuilder().setKernelInfo(ProgramMessages.kernel(kernel));
  }

  private static List<ListResponse.ListResult> filtered(
      Map<Long, ListResponse.ListResult> results, ListRequest request) {
    return results.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .filter(
            result ->
                !request.hasProgramType()
                    || result.getKernelInfo().getProgramType() == request.getProgramType())
        .collect(Collectors.toList());
  }

  /**
   * Answered by the caller's thread, the event loop: records are in memory, the kernel is asked by
   * system calls that wait for nothing, and to wake another thread would take longer.
   */
  @Override
  public Future<GetResponse> get(GetRequest request) {
    return Future.succeededFuture(request).map(this::got);
  }

  private GetResponse got(GetRequest request) {
    ProgramView view = core.inventory().program(programId(request.getId()));
    return GetResponse.newBuilder()
        .setInfo(ProgramMessages.info(view))
        .setKernelInfo(ProgramMessages.kernel(view.kernel()))
        .build();
  }

  @Override
  public Future<PullBytecodeResponse> pullBytecode(PullBytecodeRequest request) {
    return Future.failedFuture(
        FailureCode.IMAGE_UNSUPPORTED.because(
            "this daemon cannot pull images, so \"%s\" was not fetched"
                .formatted(request.getImage().getUrl()),
            "load the object from a file on the node"));
  }

  @Override
  public Future<ListLinksResponse> listLinks(ListLinksRequest request) {
    return threads.read(() -> new LinkMessages(core.inventory()).list(request));
  }

  @Override
  public Future<DumpMapResponse> dumpMap(DumpMapRequest request) {
    return threads.read(() -> maps.dump(request));
  }

  DumpStream.Reading dumping() {
    return dumping;
  }

  /** A dump that is read part by part. */
  Future<DumpParts> dumpParts(DumpMapRequest request) {
    return threads.read(() -> maps.parts(request));
  }

  @Override
  public Future<ListMapsResponse> listMaps(ListMapsRequest request) {
    return threads.read(() -> maps.list(request));
  }

  @Override
  public Future<LookupMapResponse> lookupMap(LookupMapRequest request) {
    return threads.read(() -> maps.lookup(request));
  }

  @Override
  public Future<UpdateMapResponse> updateMap(UpdateMapRequest request) {
    return threads.change(() -> maps.update(request));
  }

  @Override
  public Future<DeleteMapEntryResponse> deleteMapEntry(DeleteMapEntryRequest request) {
    return threads.change(() -> maps.delete(request));
  }

  @Override
  public Future<StatsResponse> stats(StatsRequest request) {
    return threads.read(() -> diagnostics.stats(request));
  }

  @Override
  public Future<ProbeResponse> probe(ProbeRequest request) {
    return threads.change(diagnostics::probe);
  }

  @Override
  public Future<CheckResponse> check(CheckRequest request) {
    return threads.change(() -> diagnostics.check(request));
  }

  @Override
  public Future<ListDispatchersResponse> listDispatchers(ListDispatchersRequest request) {
    return threads.read(() -> DispatcherMessages.list(core.dispatchers().list()));
  }

  @Override
  public Future<DoctorResponse> doctor(DoctorRequest request) {
    return threads.change(() -> doctor.answer(request));
  }

  @Override
  public Future<VerifierLogResponse> verifierLog(VerifierLogRequest request) {
    return threads.read(
        () -> VerifierLogResponse.newBuilder().setLog(logs.get(request.getId())).build());
  }

  @Override
  public Future<DescribeResponse> describe(DescribeRequest request) {
    return Future.succeededFuture(description);
  }

  private static ProgramId programId(int wire) {
    return new ProgramId(Integer.toUnsignedLong(wire));
  }
}
