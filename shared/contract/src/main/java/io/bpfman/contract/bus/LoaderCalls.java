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
import io.bpfman.proto.x.v1.DescribeRequest;
import io.bpfman.proto.x.v1.DescribeResponse;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.ListLinksRequest;
import io.bpfman.proto.x.v1.ListLinksResponse;
import io.bpfman.proto.x.v1.VerifierLogRequest;
import io.bpfman.proto.x.v1.VerifierLogResponse;

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
  static final BusCall<ListLinksRequest, ListLinksResponse> LIST_LINKS =
      BusCall.reading("ListLinks", ListLinksRequest.parser(), ListLinksResponse.parser());
  static final BusCall<DumpMapRequest, DumpMapResponse> DUMP_MAP =
      BusCall.reading("DumpMap", DumpMapRequest.parser(), DumpMapResponse.parser());
  static final BusCall<VerifierLogRequest, VerifierLogResponse> VERIFIER_LOG =
      BusCall.reading("VerifierLog", VerifierLogRequest.parser(), VerifierLogResponse.parser());
  static final BusCall<DescribeRequest, DescribeResponse> DESCRIBE =
      BusCall.reading("Describe", DescribeRequest.parser(), DescribeResponse.parser());

  private LoaderCalls() {}
}
