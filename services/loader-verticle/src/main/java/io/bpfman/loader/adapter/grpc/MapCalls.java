package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.MapOperations;
import io.bpfman.loader.core.MapView;
import io.bpfman.loader.core.btf.BtfVariable;
import io.bpfman.loader.core.btf.Numbers;
import io.bpfman.loader.port.BpfMaps.UpdateMode;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import io.bpfman.model.ProgramId;
import io.bpfman.proto.x.v1.DeleteMapEntryRequest;
import io.bpfman.proto.x.v1.DeleteMapEntryResponse;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.ListMapsRequest;
import io.bpfman.proto.x.v1.ListMapsResponse;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.LookupMapResponse;
import io.bpfman.proto.x.v1.MapDatum;
import io.bpfman.proto.x.v1.UpdateMapRequest;
import io.bpfman.proto.x.v1.UpdateMapResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The calls on maps. Blocking. */
final class MapCalls {
  /** Entries of a dump when the caller names no bound. */
  private static final int DEFAULT_MAX_ENTRIES = 10_000;

  /** Of a dump in one message. */
  private static final long MAX_BYTES = 16L << 20;

  private final MapOperations maps;

  /** One at a time, because each may take tens of megabytes of heap while it is put together. */
  private final Lock largeDumps = new ReentrantLock(true);

  MapCalls(MapOperations maps) {
    this.maps = maps;
  }

  ListMapsResponse list(ListMapsRequest request) {
    List<MapView> views =
        request.getProgramId() == 0 ? maps.all() : maps.ofProgram(id(request.getProgramId()));
    return ListMapsResponse.newBuilder()
        .addAllMaps(views.stream().map(MapMessages::info).toList())
        .build();
  }

  /** All parts in one message, at most 16 MiB of them. */
  DumpMapResponse dump(DumpMapRequest request) {
    largeDumps.lock();
    try {
      DumpParts parts = parts(request);
      DumpMapResponse.Builder whole = DumpMapResponse.newBuilder();
      long bytes = 0;
      while (!parts.isDone() && bytes < MAX_BYTES) {
        DumpMapResponse part = parts.next();
        bytes += part.getSerializedSize();
        whole.mergeFrom(part);
      }
      return whole.setTruncated(whole.getTruncated() || !parts.isDone()).build();
    } finally {
      largeDumps.unlock();
    }
  }

  /** The same in parts. */
  DumpParts parts(DumpMapRequest request) {
    long asked = Integer.toUnsignedLong(request.getMaxEntries());
    long limit = asked == 0 ? DEFAULT_MAX_ENTRIES : asked;
    MapView map = maps.map(id(request.getProgramId()), request.getMapName());
    return request.getTyped() && !map.variables().isEmpty()
        ? new VariableParts(maps, map, limit)
        : new EntryParts(maps, map, limit, request.getTyped());
  }

  LookupMapResponse lookup(LookupMapRequest request) {
    MapView map = maps.map(id(request.getProgramId()), request.getMapName());
    JsonRoom room = JsonRoom.ofOneMessage();
    LookupMapResponse.Builder response = LookupMapResponse.newBuilder();
    Optional<BtfVariable> variable = variable(map, request.getKey());
    if (variable.isPresent()) {
      BtfVariable asked = variable.get();
      return response
          .setVariable(MapMessages.variable(asked, maps.variable(map, asked), room))
          .build();
    }
    Bytes key = MapData.key(map, request.getKey());
    return response.setEntry(MapMessages.entry(map, maps.lookup(map, key), room)).build();
  }

  UpdateMapResponse update(UpdateMapRequest request) {
    MapView map = maps.map(id(request.getProgramId()), request.getMapName());
    Optional<BtfVariable> variable = variable(map, request.getKey());
    if (variable.isPresent()) {
      write(map, variable.get(), request);
    } else {
      Bytes key = MapData.key(map, request.getKey());
      List<Bytes> values =
          request.getValuesList().stream().map(value -> MapData.value(map, value)).toList();
      maps.update(map, key, values, mode(request));
    }
    return UpdateMapResponse.getDefaultInstance();
  }

  private void write(MapView map, BtfVariable variable, UpdateMapRequest request) {
    if (request.getValuesCount() != 1 || mode(request) == UpdateMode.NOEXIST) {
      throw FailureCode.INVALID_REQUEST.because(
          "variable \"%s\" takes one value in place of the one that it has"
              .formatted(variable.name()),
          "give one value and mode any or exist");
    }
    maps.write(map, variable, MapData.variable(variable, request.getValues(0)));
  }

  /**
   * The variable that a key names; empty for keys of entries. MAP_NOT_FOUND lists the variables
   * that there are.
   */
  private static Optional<BtfVariable> variable(MapView map, MapDatum key) {
    List<BtfVariable> all = map.variables();
    if (all.isEmpty() || !key.hasText() || Numbers.of(key.getText()) != null) {
      return Optional.empty();
    }
    String name = key.getText().strip();
    List<BtfVariable> found =
        all.stream().filter(variable -> variable.name().equals(name)).toList();
    if (found.isEmpty()) {
      throw FailureCode.MAP_NOT_FOUND.because(
          "map \"%s\" has no variable \"%s\"".formatted(map.name(), name),
          "it has: " + NearNames.list(all.stream().map(BtfVariable::name).distinct().toList()));
    }
    if (found.size() > 1) {
      throw FailureCode.INVALID_REQUEST.because(
          "map \"%s\" has %d variables \"%s\", static in different functions"
              .formatted(map.name(), found.size(), name),
          "`bpfman map dump` shows them all; give them different names to reach one");
    }
    return Optional.of(found.getFirst());
  }

  private static UpdateMode mode(UpdateMapRequest request) {
    return switch (request.getMode()) {
      case UPDATE_MODE_ANY -> UpdateMode.ANY;
      case UPDATE_MODE_NOEXIST -> UpdateMode.NOEXIST;
      case UPDATE_MODE_EXIST -> UpdateMode.EXIST;
      case UNRECOGNIZED ->
          throw FailureCode.INVALID_REQUEST.because(
              "update mode %d is not known".formatted(request.getModeValue()),
              "use 0 (any), 1 (noexist) or 2 (exist)");
    };
  }

  DeleteMapEntryResponse delete(DeleteMapEntryRequest request) {
    MapView map = maps.map(id(request.getProgramId()), request.getMapName());
    maps.delete(map, MapData.key(map, request.getKey()));
    return DeleteMapEntryResponse.getDefaultInstance();
  }

  private static ProgramId id(int wire) {
    return new ProgramId(Integer.toUnsignedLong(wire));
  }
}
