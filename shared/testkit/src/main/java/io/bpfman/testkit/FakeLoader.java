package io.bpfman.testkit;

import com.google.protobuf.Message;
import io.bpfman.contract.Loader;
import io.bpfman.contract.LoaderWatch;
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
import io.bpfman.proto.v1.LoadResponseInfo;
import io.bpfman.proto.v1.ProgramInfo;
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
import io.bpfman.proto.x.v1.Dispatcher;
import io.bpfman.proto.x.v1.DoctorRequest;
import io.bpfman.proto.x.v1.DoctorResponse;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.LinkHealth;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bpfman.v1 server without a kernel: gives out ids, keeps links and metadata, refuses what the
 * kernel would refuse, and fails on demand. Program ids start at 101, link ids at 1; both grow.
 * Interfaces lo, eth0 and eth1 exist. Safe for use by several threads; answers at once.
 */
public final class FakeLoader implements Loader {
  private final FakePrograms state = new FakePrograms();
  private final List<Message> changes = new ArrayList<>();
  private final List<Dispatcher> dispatchers = new ArrayList<>();
  private Function<Message, @Nullable BpfmanException> fault = _ -> null;
  private List<WatchEvent> watchEvents = List.of();
  private boolean down;
  private boolean extensionMissing;

  /** While true every call fails with UNAVAILABLE. */
  public synchronized void setDown(boolean value) {
    down = value;
  }

  /** What a watch tells from now on, before it ends as if the daemon stopped. */
  public synchronized void setWatchEvents(List<WatchEvent> events) {
    watchEvents = List.copyOf(events);
  }

  @Override
  public synchronized LoaderWatch watch(WatchRequest request, Consumer<WatchEvent> listener) {
    watchEvents.forEach(listener);
    return LoaderWatch.refused(FailureCode.UNAVAILABLE.because("the daemon is stopping"));
  }

  /**
   * Behaves like a server that knows only the seven calls of bpfman.v1, and as bpfman's Go daemon
   * tells links only in answer to Get.
   */
  public synchronized void setExtensionMissing(boolean value) {
    extensionMissing = value;
  }

  /**
   * Asked before each call with its request; what it returns, unless null, is the call's failure.
   */
  public synchronized void failWith(Function<Message, @Nullable BpfmanException> newFault) {
    fault = newFault;
  }

  /**
   * Load, replace, unload, attach and detach requests that were answered with success, in order.
   */
  public synchronized List<Message> changes() {
    return List.copyOf(changes);
  }

  public synchronized void clearChanges() {
    changes.clear();
  }

  /** All programs in order of their ids. */
  public synchronized List<LoadResponseInfo> programs() {
    return List.copyOf(state.programs.values());
  }

  /** All links in order of their ids. */
  public synchronized List<Link> links() {
    return List.copyOf(state.links.values());
  }

  /** As if somebody had removed the pin by hand. */
  public synchronized void losePin(int linkId) {
    state.health(linkId, LinkHealth.LINK_HEALTH_PIN_MISSING, "pin removed");
  }

  /** As if somebody had replaced the file that it probes. */
  public synchronized void replaceTarget(int linkId) {
    state.health(linkId, LinkHealth.LINK_HEALTH_OUTDATED, "the file was replaced since");
  }

  /** Links on it become detached. */
  public synchronized void removeInterface(String name) {
    state.removeInterface(name);
  }

  /** Links on it are on one of another name then. */
  public synchronized void renameInterface(String name, String now) {
    state.renameInterface(name, now);
  }

  public synchronized void addInterface(String name) {
    state.interfaces.add(name);
  }

  /** What ListDispatchers answers from now on, too. */
  public synchronized void addDispatcher(Dispatcher dispatcher) {
    dispatchers.add(dispatcher);
  }

  @Override
  public Future<LoadResponse> load(LoadRequest request) {
    return change(request, () -> state.load(request));
  }

  @Override
  public Future<UnloadResponse> unload(UnloadRequest request) {
    return change(
        request,
        () -> {
          state.unload(request.getId());
          return UnloadResponse.getDefaultInstance();
        });
  }

  @Override
  public Future<AttachResponse> attach(AttachRequest request) {
    return change(request, () -> state.attach(request));
  }

  @Override
  public Future<DetachResponse> detach(DetachRequest request) {
    return change(
        request,
        () -> {
          state.detach(request.getLinkId());
          return DetachResponse.getDefaultInstance();
        });
  }

  @Override
  public Future<ListResponse> list(ListRequest request) {
    return answer(
        request,
        () -> {
          ListResponse.Builder response = ListResponse.newBuilder();
          state.programs.values().stream()
              .filter(
                  program ->
                      program
                          .getInfo()
                          .getMetadataMap()
                          .entrySet()
                          .containsAll(request.getMatchMetadataMap().entrySet()))
              .forEach(
                  program ->
                      response
                          .addResultsBuilder()
                          .setInfo(listed(state.info(program)))
                          .setKernelInfo(program.getKernelInfo()));
          return response.build();
        });
  }

  private ProgramInfo listed(ProgramInfo info) {
    return extensionMissing ? info.toBuilder().clearLinks().build() : info;
  }

  @Override
  public Future<GetResponse> get(GetRequest request) {
    return answer(
        request,
        () -> {
          LoadResponseInfo program = state.programs.get(request.getId());
          if (program == null) {
            throw FailureCode.PROGRAM_NOT_FOUND.because(
                "program %d does not exist".formatted(request.getId()));
          }
          return GetResponse.newBuilder()
              .setInfo(state.info(program))
              .setKernelInfo(program.getKernelInfo())
              .build();
        });
  }

  @Override
  public Future<PullBytecodeResponse> pullBytecode(PullBytecodeRequest request) {
    return answer(request, PullBytecodeResponse::getDefaultInstance);
  }

  @Override
  public Future<ListProgramsResponse> listPrograms(ListProgramsRequest request) {
    return extension(
        request,
        () ->
            ListProgramsResponse.newBuilder()
                .addAllPrograms(
                    state.details(request.getProgramIdsList(), request.getMatchMetadataMap()))
                .build());
  }

  @Override
  public Future<ListLinksResponse> listLinks(ListLinksRequest request) {
    return extension(
        request,
        () ->
            ListLinksResponse.newBuilder()
                .addAllLinks(
                    state.links(request.getProgramId(), request.getMatchMetadataMap()).stream()
                        .filter(
                            link -> request.getLinkId() == 0 || link.getId() == request.getLinkId())
                        .toList())
                .build());
  }

  @Override
  public Future<DumpMapResponse> dumpMap(DumpMapRequest request) {
    return extension(
        request,
        () -> {
          throw FailureCode.MAP_NOT_FOUND.because(
              "map \"%s\" does not exist".formatted(request.getMapName()));
        });
  }

  @Override
  public Future<VerifierLogResponse> verifierLog(VerifierLogRequest request) {
    return extension(request, VerifierLogResponse::getDefaultInstance);
  }

  @Override
  public Future<DescribeResponse> describe(DescribeRequest request) {
    return extension(
        request,
        () -> DescribeResponse.newBuilder().setVersion("fake").setKernelRelease("0.0").build());
  }

  @Override
  public Future<ListMapsResponse> listMaps(ListMapsRequest request) {
    return extension(request, ListMapsResponse::getDefaultInstance);
  }

  @Override
  public Future<LookupMapResponse> lookupMap(LookupMapRequest request) {
    return extension(request, LookupMapResponse::getDefaultInstance);
  }

  @Override
  public Future<UpdateMapResponse> updateMap(UpdateMapRequest request) {
    return change(request, UpdateMapResponse::getDefaultInstance);
  }

  @Override
  public Future<DeleteMapEntryResponse> deleteMapEntry(DeleteMapEntryRequest request) {
    return change(request, DeleteMapEntryResponse::getDefaultInstance);
  }

  @Override
  public Future<StatsResponse> stats(StatsRequest request) {
    return extension(request, StatsResponse::getDefaultInstance);
  }

  @Override
  public Future<ProbeResponse> probe(ProbeRequest request) {
    return extension(request, ProbeResponse::getDefaultInstance);
  }

  @Override
  public Future<ReplaceResponse> replace(ReplaceRequest request) {
    return change(
        request,
        () -> {
          requireExtension();
          return new FakeReplacement(state).replace(request);
        });
  }

  @Override
  public Future<CheckResponse> check(CheckRequest request) {
    return extension(request, CheckResponse::getDefaultInstance);
  }

  @Override
  public Future<ListDispatchersResponse> listDispatchers(ListDispatchersRequest request) {
    return extension(
        request, () -> ListDispatchersResponse.newBuilder().addAllDispatchers(dispatchers).build());
  }

  /** Finds links that lost their pin or interface; repairs those whose interface is there. */
  @Override
  public Future<DoctorResponse> doctor(DoctorRequest request) {
    Supplier<DoctorResponse> work =
        () -> DoctorResponse.newBuilder().addAllFindings(state.drift(request.getRepair())).build();
    return request.getRepair() ? change(request, work) : extension(request, work);
  }

  private <T> Future<T> extension(Message request, Supplier<T> work) {
    return answer(
        request,
        () -> {
          requireExtension();
          return work.get();
        });
  }

  private void requireExtension() {
    if (extensionMissing) {
      throw FailureCode.UNIMPLEMENTED.because("this server has no bpfman.x.v1");
    }
  }

  private <T> Future<T> change(Message request, Supplier<T> work) {
    return answer(
        request,
        () -> {
          T result = work.get();
          changes.add(request);
          return result;
        });
  }

  private synchronized <T> Future<T> answer(Message request, Supplier<T> work) {
    try {
      if (down) {
        throw FailureCode.UNAVAILABLE.because("the fake loader is down");
      }
      BpfmanException wanted = fault.apply(request);
      return wanted == null ? Future.succeededFuture(work.get()) : Future.failedFuture(wanted);
    } catch (BpfmanException refused) {
      return Future.failedFuture(refused);
    }
  }
}
