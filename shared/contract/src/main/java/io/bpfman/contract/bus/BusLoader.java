package io.bpfman.contract.bus;

import io.bpfman.contract.Loader;
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
import io.vertx.core.Vertx;

/**
 * The loader of a node, reached over the bus. Mutating calls time out after 60 s, reading ones
 * after 5 s. A timeout says nothing about whether the call was carried out.
 */
public final class BusLoader implements Loader {
  private final BusRequester bus;

  /**
   * @param address {@link BusAddresses#OWN_LOADER}, or {@link BusAddresses#loader} for reading
   * @param sender role and node of the caller, for log lines
   */
  public BusLoader(Vertx vertx, String address, String sender) {
    this.bus = new BusRequester(vertx, address, sender);
  }

  @Override
  public Future<LoadResponse> load(LoadRequest request) {
    return bus.send(LoaderCalls.LOAD, request);
  }

  @Override
  public Future<UnloadResponse> unload(UnloadRequest request) {
    return bus.send(LoaderCalls.UNLOAD, request);
  }

  @Override
  public Future<AttachResponse> attach(AttachRequest request) {
    return bus.send(LoaderCalls.ATTACH, request);
  }

  @Override
  public Future<DetachResponse> detach(DetachRequest request) {
    return bus.send(LoaderCalls.DETACH, request);
  }

  @Override
  public Future<ListResponse> list(ListRequest request) {
    return bus.send(LoaderCalls.LIST, request);
  }

  @Override
  public Future<GetResponse> get(GetRequest request) {
    return bus.send(LoaderCalls.GET, request);
  }

  @Override
  public Future<PullBytecodeResponse> pullBytecode(PullBytecodeRequest request) {
    return bus.send(LoaderCalls.PULL_BYTECODE, request);
  }

  @Override
  public Future<ListLinksResponse> listLinks(ListLinksRequest request) {
    return bus.send(LoaderCalls.LIST_LINKS, request);
  }

  @Override
  public Future<DumpMapResponse> dumpMap(DumpMapRequest request) {
    return bus.send(LoaderCalls.DUMP_MAP, request);
  }

  @Override
  public Future<VerifierLogResponse> verifierLog(VerifierLogRequest request) {
    return bus.send(LoaderCalls.VERIFIER_LOG, request);
  }

  @Override
  public Future<DescribeResponse> describe(DescribeRequest request) {
    return bus.send(LoaderCalls.DESCRIBE, request);
  }

  @Override
  public Future<ListMapsResponse> listMaps(ListMapsRequest request) {
    return bus.send(LoaderCalls.LIST_MAPS, request);
  }

  @Override
  public Future<LookupMapResponse> lookupMap(LookupMapRequest request) {
    return bus.send(LoaderCalls.LOOKUP_MAP, request);
  }

  @Override
  public Future<UpdateMapResponse> updateMap(UpdateMapRequest request) {
    return bus.send(LoaderCalls.UPDATE_MAP, request);
  }

  @Override
  public Future<DeleteMapEntryResponse> deleteMapEntry(DeleteMapEntryRequest request) {
    return bus.send(LoaderCalls.DELETE_MAP_ENTRY, request);
  }

  @Override
  public Future<StatsResponse> stats(StatsRequest request) {
    return bus.send(LoaderCalls.STATS, request);
  }

  @Override
  public Future<ProbeResponse> probe(ProbeRequest request) {
    return bus.send(LoaderCalls.PROBE, request);
  }

  @Override
  public Future<ReplaceResponse> replace(ReplaceRequest request) {
    return bus.send(LoaderCalls.REPLACE, request);
  }

  @Override
  public Future<CheckResponse> check(CheckRequest request) {
    return bus.send(LoaderCalls.CHECK, request);
  }

  @Override
  public Future<DoctorResponse> doctor(DoctorRequest request) {
    return bus.send(LoaderCalls.DOCTOR, request);
  }

  @Override
  public Future<ListProgramsResponse> listPrograms(ListProgramsRequest request) {
    return bus.send(LoaderCalls.LIST_PROGRAMS, request);
  }

  @Override
  public Future<ListDispatchersResponse> listDispatchers(ListDispatchersRequest request) {
    return bus.send(LoaderCalls.LIST_DISPATCHERS, request);
  }
}
