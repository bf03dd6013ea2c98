package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.MapOperations;
import io.bpfman.loader.core.MapView;
import io.bpfman.loader.port.BpfMaps.UpdateMode;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramId;
import io.bpfman.proto.x.v1.DeleteMapEntryRequest;
import io.bpfman.proto.x.v1.DeleteMapEntryResponse;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.ListMapsRequest;
import io.bpfman.proto.x.v1.ListMapsResponse;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.LookupMapResponse;
import io.bpfman.proto.x.v1.UpdateMapRequest;
import io.bpfman.proto.x.v1.UpdateMapResponse;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The calls on maps. Blocking. */
final class MapCalls {
  /** Entries of a dump when the caller names no bound. */
  private static final int DEFAULT_MAX_ENTRIES = 10_000;

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

  DumpMapResponse dump(DumpMapRequest request) {
    long asked = Integer.toUnsignedLong(request.getMaxEntries());
    int limit = asked == 0 ? DEFAULT_MAX_ENTRIES : (int) Math.min(asked, Integer.MAX_VALUE);
    MapView map = maps.map(id(request.getProgramId()), request.getMapName());
    if (limit <= DEFAULT_MAX_ENTRIES) {
      return MapMessages.dump(map, maps.dump(map, limit), request.getTyped());
    }
    largeDumps.lock();
    try {
      return MapMessages.dump(map, maps.dump(map, limit), request.getTyped());
    } finally {
      largeDumps.unlock();
    }
  }

  /** The same in parts. */
  DumpParts parts(DumpMapRequest request) {
    long asked = Integer.toUnsignedLong(request.getMaxEntries());
    MapView map = maps.map(id(request.getProgramId()), request.getMapName());
    return new DumpParts(maps, map, asked == 0 ? DEFAULT_MAX_ENTRIES : asked, request.getTyped());
  }

  LookupMapResponse lookup(LookupMapRequest request) {
    MapView map = maps.map(id(request.getProgramId()), request.getMapName());
    return LookupMapResponse.newBuilder()
        .setEntry(
            MapMessages.entry(map, maps.lookup(map, MapData.key(map, request.getKey())), true))
        .build();
  }

  UpdateMapResponse update(UpdateMapRequest request) {
    MapView map = maps.map(id(request.getProgramId()), request.getMapName());
    List<Bytes> values =
        request.getValuesList().stream().map(value -> MapData.value(map, value)).toList();
    maps.update(map, MapData.key(map, request.getKey()), values, mode(request));
    return UpdateMapResponse.getDefaultInstance();
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
