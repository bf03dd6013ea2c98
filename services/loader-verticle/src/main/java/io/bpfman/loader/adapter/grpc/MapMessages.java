package io.bpfman.loader.adapter.grpc;

import com.google.protobuf.ByteString;
import io.bpfman.loader.core.MapView;
import io.bpfman.loader.core.btf.BtfException;
import io.bpfman.loader.core.btf.BtfValueType;
import io.bpfman.loader.port.MapDump;
import io.bpfman.loader.port.MapFacts;
import io.bpfman.loader.port.MapRef;
import io.bpfman.model.Bytes;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.MapEntry;
import io.bpfman.proto.x.v1.MapInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps and their entries as protocol messages. */
final class MapMessages {
  private MapMessages() {}

  static MapInfo info(MapView view) {
    MapFacts facts = view.facts();
    return MapInfo.newBuilder()
        .setId((int) facts.id())
        .setName(view.name())
        .setType(facts.type())
        .setTypeName(MapTypeNames.of(facts.type()))
        .setKeySize(facts.keySize())
        .setValueSize(facts.valueSize())
        .setMaxEntries(facts.maxEntries())
        .setFlags(facts.flags())
        .setKeyType(typeName(view.key()))
        .setValueType(typeName(view.value()))
        .addAllProgramIds(view.users().stream().map(user -> (int) user.value()).toList())
        .setPinPath(view.ref() instanceof MapRef.Pinned pinned ? pinned.pin().toString() : "")
        .build();
  }

  private static String typeName(@Nullable BtfValueType type) {
    try {
      return type == null ? "" : type.name();
    } catch (BtfException unnamed) {
      return "";
    }
  }

  static DumpMapResponse dump(MapView view, MapDump dump, boolean typed) {
    DumpMapResponse.Builder response =
        DumpMapResponse.newBuilder()
            .setMapId((int) dump.id())
            .setMapType(dump.type())
            .setKeySize(dump.keySize())
            .setValueSize(dump.valueSize())
            .setTruncated(dump.truncated());
    dump.entries().forEach(entry -> response.addEntries(entry(view, entry, typed)));
    return response.build();
  }

  /** A part of a dump. */
  static DumpMapResponse.Builder part(MapView view, List<MapDump.Entry> entries, boolean typed) {
    MapFacts facts = view.facts();
    DumpMapResponse.Builder part =
        DumpMapResponse.newBuilder()
            .setMapId((int) facts.id())
            .setMapType(facts.type())
            .setKeySize(facts.keySize())
            .setValueSize(facts.valueSize());
    entries.forEach(entry -> part.addEntries(entry(view, entry, typed)));
    return part;
  }

  static MapEntry entry(MapView view, MapDump.Entry entry, boolean typed) {
    MapEntry.Builder message = MapEntry.newBuilder().setKey(bytes(entry.key()));
    entry.values().forEach(value -> message.addValues(bytes(value)));
    if (typed && view.key() != null) {
      message.setKeyJson(json(view.key(), entry.key()));
    }
    if (typed && view.value() != null) {
      BtfValueType type = view.value();
      entry.values().forEach(value -> message.addValuesJson(json(type, value)));
    }
    return message.build();
  }

  /** Empty when the type turns out to be unusable; the bytes are there all the same. */
  private static String json(BtfValueType type, Bytes value) {
    try {
      return type.toJson(value.toArray());
    } catch (BtfException unusable) {
      return "";
    }
  }

  private static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }
}
