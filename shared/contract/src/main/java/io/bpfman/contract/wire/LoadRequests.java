package io.bpfman.contract.wire;

import com.google.protobuf.ByteString;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.MetadataKeys;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.RequestBounds;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.FentryLoadInfo;
import io.bpfman.proto.v1.FexitLoadInfo;
import io.bpfman.proto.v1.LoadInfo;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.LsmLoadInfo;
import io.bpfman.proto.v1.ProgSpecificInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link LoadSpec} as a wire message and back. */
public final class LoadRequests {
  private LoadRequests() {}

  /**
   * Return probes take the number of their entry probe; which they are, and the path as it was
   * typed, goes along as metadata that the daemon takes out again.
   */
  public static LoadRequest toProto(LoadSpec spec) {
    LoadRequest.Builder builder =
        LoadRequest.newBuilder()
            .setBytecode(Bytecodes.toProto(spec.bytecode()))
            .putAllMetadata(spec.metadata());
    if (spec.source() != null) {
      builder.putMetadata(MetadataKeys.SOURCE_PATH, spec.source());
    }
    spec.programs().stream()
        .filter(program -> program.type().isReturnProbe())
        .forEach(
            program ->
                builder.putMetadata(
                    MetadataKeys.ACTUAL_TYPE + program.name(), program.type().cliName()));
    spec.globalData()
        .forEach(
            (name, value) -> builder.putGlobalData(name, ByteString.copyFrom(value.toArray())));
    if (spec.mapOwner() != null) {
      builder.setMapOwnerId((int) spec.mapOwner().value());
    }
    spec.programs().forEach(program -> builder.addInfo(info(program)));
    return builder.build();
  }

  /**
   * Checks everything that can be told without the object. Probes come out as entry probes unless
   * the metadata says otherwise: then the ELF section decides.
   *
   * @throws io.bpfman.model.BpfmanException INVALID_REQUEST naming the first thing that is wrong
   */
  public static LoadSpec fromProto(LoadRequest request) {
    requireBytecode(request);
    if (request.getInfoCount() == 0) {
      throw FailureCode.INVALID_REQUEST.because(
          "the load request names no program", "list at least one program of the object");
    }
    return spec(request);
  }

  /**
   * The same for a check, which may name no program: then it is about all of the object.
   *
   * @throws io.bpfman.model.BpfmanException INVALID_REQUEST naming the first thing that is wrong
   */
  public static LoadSpec checkFromProto(LoadRequest request) {
    requireBytecode(request);
    return spec(request);
  }

  private static void requireBytecode(LoadRequest request) {
    if (!request.hasBytecode()) {
      throw FailureCode.INVALID_REQUEST.because(
          "the load request has no bytecode", "set bytecode to a file or an image");
    }
  }

  private static LoadSpec spec(LoadRequest request) {
    RequestBounds.requireMetadata(request.getMetadataMap());
    RequestBounds.requireGlobalData(globalData(request));
    return new LoadSpec(
        Bytecodes.fromProto(request.getBytecode()),
        request.getInfoList().stream().map(info -> program(info, request)).toList(),
        globalData(request),
        ownMetadata(request),
        mapOwner(request),
        request.getMetadataMap().get(MetadataKeys.SOURCE_PATH));
  }

  private static Map<String, String> ownMetadata(LoadRequest request) {
    Map<String, String> metadata = new LinkedHashMap<>(request.getMetadataMap());
    metadata
        .keySet()
        .removeIf(
            key ->
                key.equals(MetadataKeys.SOURCE_PATH) || key.startsWith(MetadataKeys.ACTUAL_TYPE));
    return metadata;
  }

  private static LoadInfo info(ProgramSpec program) {
    LoadInfo.Builder builder =
        LoadInfo.newBuilder()
            .setName(program.name())
            .setProgramTypeValue(program.type().wireNumber());
    if (program.type().needsLoadTarget()) {
      builder.setInfo(
          specific(program.type(), Objects.requireNonNull(program.loadTarget(), "load target")));
    }
    return builder.build();
  }

  private static ProgSpecificInfo specific(ProgramType type, String target) {
    ProgSpecificInfo.Builder builder = ProgSpecificInfo.newBuilder();
    switch (type) {
      case FENTRY -> builder.setFentryLoadInfo(FentryLoadInfo.newBuilder().setFnName(target));
      case FEXIT -> builder.setFexitLoadInfo(FexitLoadInfo.newBuilder().setFnName(target));
      case LSM -> builder.setLsmLoadInfo(LsmLoadInfo.newBuilder().setHookName(target));
      default -> throw new IllegalArgumentException(type + " has no load target");
    }
    return builder.build();
  }

  private static ProgramSpec program(LoadInfo info, LoadRequest request) {
    if (info.getName().isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(
          "a program of the load request has an empty name", "give the name of its function");
    }
    ProgramType type =
        ProgramType.ofWireNumber(info.getProgramTypeValue()).orElseThrow(() -> unknownType(info));
    String meant = request.getMetadataOrDefault(MetadataKeys.ACTUAL_TYPE + info.getName(), "");
    return new ProgramSpec(
        info.getName(),
        ProgramType.ofCliName(meant).filter(type::isEntryOf).orElse(type),
        target(type, info.getInfo()));
  }

  private static RuntimeException unknownType(LoadInfo info) {
    List<String> known =
        List.of(BpfmanProgramType.values()).stream()
            .filter(type -> type != BpfmanProgramType.UNRECOGNIZED)
            .map(type -> type.getNumber() + " " + type)
            .toList();
    return FailureCode.INVALID_REQUEST.because(
        "program \"%s\" has the unknown type %d"
            .formatted(info.getName(), info.getProgramTypeValue()),
        "use one of " + String.join(", ", known));
  }

  private static @Nullable String target(ProgramType type, ProgSpecificInfo info) {
    String name =
        switch (type) {
          case FENTRY -> info.getFentryLoadInfo().getFnName();
          case FEXIT -> info.getFexitLoadInfo().getFnName();
          case LSM -> info.getLsmLoadInfo().getHookName();
          default -> "";
        };
    return name.isEmpty() ? null : name;
  }

  private static Map<String, Bytes> globalData(LoadRequest request) {
    Map<String, Bytes> data = new LinkedHashMap<>();
    request
        .getGlobalDataMap()
        .forEach((name, value) -> data.put(name, Bytes.of(value.toByteArray())));
    return data;
  }

  private static @Nullable ProgramId mapOwner(LoadRequest request) {
    long id = Integer.toUnsignedLong(request.getMapOwnerId());
    return id == 0 ? null : new ProgramId(id);
  }
}
