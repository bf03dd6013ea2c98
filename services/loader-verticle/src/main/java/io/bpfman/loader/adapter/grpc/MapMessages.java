package io.bpfman.loader.adapter.grpc;

import com.google.protobuf.ByteString;
import io.bpfman.loader.core.MapView;
import io.bpfman.loader.core.btf.BtfException;
import io.bpfman.loader.core.btf.BtfValueType;
import io.bpfman.loader.core.btf.BtfVariable;
import io.bpfman.loader.core.mapdef.MapKinds;
import io.bpfman.loader.port.MapFacts;
import io.bpfman.loader.port.MapRef;
import io.bpfman.model.Bytes;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.MapEntry;
import io.bpfman.proto.x.v1.MapInfo;
import io.bpfman.proto.x.v1.MapVariable;
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
        .setTypeName(MapKinds.name(facts.type()))
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

  /** What the map is; the start of a part of a dump. */
  static DumpMapResponse.Builder part(MapView view) {
    MapFacts facts = view.facts();
    return DumpMapResponse.newBuilder()
        .setMapId((int) facts.id())
        .setMapType(facts.type())
        .setKeySize(facts.keySize())
        .setValueSize(facts.valueSize());
  }

  static MapEntry entry(MapView view, io.bpfman.loader.port.MapEntry entry, JsonRoom room) {
    MapEntry.Builder message = MapEntry.newBuilder().setKey(bytes(entry.key()));
    entry.values().forEach(value -> message.addValues(bytes(value)));
    if (view.key() != null) {
      message.setKeyJson(room.json(view.key(), entry.key()));
    }
    BtfValueType type = view.value();
    if (type != null) {
      entry.values().forEach(value -> message.addValuesJson(room.json(type, value)));
    }
    return message.build();
  }

  static MapVariable variable(BtfVariable variable, Bytes value, JsonRoom room) {
    return describe(variable)
        .setValue(bytes(value))
        .setValueJson(variable.type() == null ? "" : room.json(variable.type(), value))
        .build();
  }

  /** Without its value. */
  static MapVariable.Builder describe(BtfVariable variable) {
    return MapVariable.newBuilder()
        .setName(variable.name())
        .setType(variable.typeName())
        .setOffset(variable.offset())
        .setSize(variable.size());
  }

  private static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }
}
