package io.bpfman.bench;

import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.model.Bytecode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramSpec;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.UnloadRequest;
import java.util.List;
import java.util.Map;

/** What the clients send. */
final class Requests {
  /** All programs of the daemon. */
  static final ListRequest LIST = ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();

  private Requests() {}

  static LoadRequest load(Setting setting, Kind kind) {
    return LoadRequests.toProto(
        new LoadSpec(
            new Bytecode.File(setting.object().toString()),
            List.of(new ProgramSpec(kind.function(), kind.type())),
            Map.of(),
            Map.of(),
            null));
  }

  static AttachRequest attach(Setting setting, Kind kind, long program) {
    return AttachRequest.newBuilder()
        .setId((int) program)
        .setAttach(AttachInfos.toProto(kind.attachSpec(setting), Map.of()))
        .build();
  }

  static DetachRequest detach(long link) {
    return DetachRequest.newBuilder().setLinkId((int) link).build();
  }

  static UnloadRequest unload(long program) {
    return UnloadRequest.newBuilder().setId((int) program).build();
  }

  static GetRequest get(long program) {
    return GetRequest.newBuilder().setId((int) program).build();
  }
}
