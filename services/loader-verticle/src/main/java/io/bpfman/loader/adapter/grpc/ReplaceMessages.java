package io.bpfman.loader.adapter.grpc;

import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.loader.core.ReplaceSpec;
import io.bpfman.loader.core.ReplaceView;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import io.bpfman.proto.x.v1.ReplaceRequest;
import io.bpfman.proto.x.v1.ReplaceResponse;
import io.bpfman.proto.x.v1.ReplacedMap;
import io.bpfman.proto.x.v1.ReplacedProgram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replacements as protocol messages. */
final class ReplaceMessages {
  private ReplaceMessages() {}

  static ReplaceSpec spec(ReplaceRequest request) {
    if (!request.hasLoad()) {
      throw FailureCode.INVALID_REQUEST.because(
          "the replace request does not say what to load", "set load as for Load");
    }
    return new ReplaceSpec(
        request.getProgramIdsList().stream()
            .map(id -> new ProgramId(Integer.toUnsignedLong(id)))
            .toList(),
        request.getMatchMetadataMap(),
        LoadRequests.fromProto(request.getLoad()));
  }

  static ReplaceResponse response(ReplaceView view) {
    ReplaceResponse.Builder response = ReplaceResponse.newBuilder();
    view.changes().forEach(change -> response.addPrograms(change(change)));
    view.loaded().forEach(loaded -> response.addLoaded(ProgramMessages.loaded(loaded)));
    view.maps()
        .forEach(
            map ->
                response.addMaps(
                    ReplacedMap.newBuilder()
                        .setName(map.name())
                        .setKept(map.misfit().isEmpty())
                        .setReason(map.misfit())));
    return response.addAllWarnings(view.warnings()).build();
  }

  private static ReplacedProgram change(ReplaceView.Change change) {
    return ReplacedProgram.newBuilder()
        .setName(change.name())
        .setOldId(id(change.old()))
        .setNewId(id(change.now()))
        .addAllLinkIds(ids(change.moved()))
        .addAllLostLinkIds(ids(change.lost()))
        .build();
  }

  private static int id(@Nullable ProgramId id) {
    return id == null ? 0 : (int) id.value();
  }

  private static List<Integer> ids(List<LinkId> links) {
    return links.stream().map(link -> (int) link.value()).toList();
  }
}
