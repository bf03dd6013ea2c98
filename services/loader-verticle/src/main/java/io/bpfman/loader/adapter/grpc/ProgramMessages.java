package io.bpfman.loader.adapter.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.bpfman.contract.wire.Bytecodes;
import io.bpfman.loader.core.ProgramView;
import io.bpfman.model.Bytes;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.proto.v1.KernelProgramInfo;
import io.bpfman.proto.v1.LoadResponseInfo;
import io.bpfman.proto.v1.ProgramInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Core views as protocol messages. */
final class ProgramMessages {
  private ProgramMessages() {}

  static ProgramInfo info(ProgramView view) {
    ProgramRecord record = view.record();
    ProgramInfo.Builder info =
        ProgramInfo.newBuilder()
            .setName(record.spec().name())
            .setBytecode(Bytecodes.toProto(record.bytecode()))
            .setMapPinPath(view.mapDirectory().toString())
            .putAllMetadata(record.metadata());
    view.links().forEach(link -> info.addLinks((int) link.value()));
    view.mapUsers().forEach(user -> info.addMapUsedBy(user.toString()));
    record.globalData().forEach((name, value) -> info.putGlobalData(name, bytes(value)));
    ProgramId owner = record.mapOwner();
    if (owner != null) {
      info.setMapOwnerId((int) owner.value());
    }
    return info.build();
  }

  static LoadResponseInfo loaded(ProgramView view) {
    return LoadResponseInfo.newBuilder()
        .setInfo(info(view))
        .setKernelInfo(kernel(view.kernel()))
        .build();
  }

  static KernelProgramInfo kernel(KernelProgram kernel) {
    return KernelProgramInfo.newBuilder()
        .setId((int) kernel.id().value())
        .setName(kernel.name())
        .setProgramType(kernel.type())
        .setLoadedAt(kernel.loadedAt().truncatedTo(ChronoUnit.SECONDS).toString())
        .setTag(kernel.tag())
        .setGplCompatible(kernel.gplCompatible())
        .addAllMapIds(kernel.mapIds().stream().map(Long::intValue).toList())
        .setBtfId((int) kernel.btfId())
        .setBytesXlated((int) kernel.bytesXlated())
        .setJited(kernel.bytesJited() > 0)
        .setBytesJited((int) kernel.bytesJited())
        .setBytesMemlock((int) kernel.bytesMemlock())
        .setVerifiedInsns((int) kernel.verifiedInstructions())
        .build();
  }

  private static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
