package io.bpfman.contract.bus;

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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The calls at a loader address, named as the RPCs of the socket. */
final class LoaderCalls {
  static final BusCall<LoadRequest, LoadResponse> LOAD =
      BusCall.mutating("Load", LoadRequest.parser(), LoadResponse.parser());
  static final BusCall<UnloadRequest, UnloadResponse> UNLOAD =
      BusCall.mutating("Unload", UnloadRequest.parser(), UnloadResponse.parser());
  static final BusCall<AttachRequest, AttachResponse> ATTACH =
      BusCall.mutating("Attach", AttachRequest.parser(), AttachResponse.parser());
  static final BusCall<DetachRequest, DetachResponse> DETACH =
      BusCall.mutating("Detach", DetachRequest.parser(), DetachResponse.parser());
  static final BusCall<PullBytecodeRequest, PullBytecodeResponse> PULL_BYTECODE =
      BusCall.mutating("PullBytecode", PullBytecodeRequest.parser(), PullBytecodeResponse.parser());
  static final BusCall<ListRequest, ListResponse> LIST =
      BusCall.reading("List", ListRequest.parser(), ListResponse.parser());
  static final BusCall<GetRequest, GetResponse> GET =
      BusCall.reading("Get", GetRequest.parser(), GetResponse.parser());
  static final BusCall<ListProgramsRequest, ListProgramsResponse> LIST_PROGRAMS =
      BusCall.reading("ListPrograms", ListProgramsRequest.parser(), ListProgramsResponse.parser());
  static final BusCall<ListLinksRequest, ListLinksResponse> LIST_LINKS =
      BusCall.reading("ListLinks", ListLinksRequest.parser(), ListLinksResponse.parser());
  static final BusCall<DumpMapRequest, DumpMapResponse> DUMP_MAP =
      BusCall.reading("DumpMap", DumpMapRequest.parser(), DumpMapResponse.parser());
  static final BusCall<VerifierLogRequest, VerifierLogResponse> VERIFIER_LOG =
      BusCall.reading("VerifierLog", VerifierLogRequest.parser(), VerifierLogResponse.parser());
  static final BusCall<DescribeRequest, DescribeResponse> DESCRIBE =
      BusCall.reading("Describe", DescribeRequest.parser(), DescribeResponse.parser());
  static final BusCall<ListMapsRequest, ListMapsResponse> LIST_MAPS =
      BusCall.reading("ListMaps", ListMapsRequest.parser(), ListMapsResponse.parser());
  static final BusCall<LookupMapRequest, LookupMapResponse> LOOKUP_MAP =
      BusCall.reading("LookupMap", LookupMapRequest.parser(), LookupMapResponse.parser());
  static final BusCall<UpdateMapRequest, UpdateMapResponse> UPDATE_MAP =
      BusCall.mutating("UpdateMap", UpdateMapRequest.parser(), UpdateMapResponse.parser());
  static final BusCall<DeleteMapEntryRequest, DeleteMapEntryResponse> DELETE_MAP_ENTRY =
      BusCall.mutating(
          "DeleteMapEntry", DeleteMapEntryRequest.parser(), DeleteMapEntryResponse.parser());
  static final BusCall<ReplaceRequest, ReplaceResponse> REPLACE =
      BusCall.mutating("Replace", ReplaceRequest.parser(), ReplaceResponse.parser());
  static final BusCall<StatsRequest, StatsResponse> STATS =
      BusCall.reading("Stats", StatsRequest.parser(), StatsResponse.parser());
  static final BusCall<ProbeRequest, ProbeResponse> PROBE =
      BusCall.reading("Probe", ProbeRequest.parser(), ProbeResponse.parser());
  static final BusCall<ListDispatchersRequest, ListDispatchersResponse> LIST_DISPATCHERS =
      BusCall.reading(
          "ListDispatchers", ListDispatchersRequest.parser(), ListDispatchersResponse.parser());
  static final BusCall<DoctorRequest, DoctorResponse> DOCTOR =
      BusCall.mutating("Doctor", DoctorRequest.parser(), DoctorResponse.parser());

  /** Changes nothing, but verifies like a load, so it may take as long. */
  static final BusCall<CheckRequest, CheckResponse> CHECK =
      new BusCall<>(
          "Check", CheckRequest.parser(), CheckResponse.parser(), false, BusCall.MUTATION_TIMEOUT);

  /** What an uplink passes on: it changes nothing and has nobody's bytes verified by the kernel. */
  static final Set<String> READING =
      Stream.of(
              LIST,
              GET,
              LIST_PROGRAMS,
              LIST_LINKS,
              DUMP_MAP,
              VERIFIER_LOG,
              DESCRIBE,
              LIST_MAPS,
              LOOKUP_MAP,
              STATS,
              PROBE,
              LIST_DISPATCHERS)
          .map(BusCall::action)
          .collect(Collectors.toUnmodifiableSet());

  private LoaderCalls() {}
}
