package io.bpfman.loader.core;

import io.bpfman.loader.core.btf.BtfException;
import io.bpfman.loader.core.btf.BtfTypes;
import io.bpfman.loader.core.btf.BtfValueType;
import io.bpfman.loader.port.BpfMaps;
import io.bpfman.loader.port.MapFacts;
import io.bpfman.model.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types of keys and values; each table is read once in the life of this object. One thread. */
final class MapTypes {
  private final BpfMaps maps;
  private final Map<Long, Optional<BtfTypes>> tables = new HashMap<>();

  MapTypes(BpfMaps maps) {
    this.maps = maps;
  }

  @Nullable BtfValueType key(MapFacts facts) {
    return type(facts, facts.keyType(), facts.keySize());
  }

  @Nullable BtfValueType value(MapFacts facts) {
    return type(facts, facts.valueType(), facts.valueSize());
  }

  /** Types that cannot be used are as good as none: entries are then shown as bytes. */
  private @Nullable BtfValueType type(MapFacts facts, int id, int size) {
    if (facts.btfId() == 0 || id == 0) {
      return null;
    }
    Optional<BtfTypes> table = tables.computeIfAbsent(facts.btfId(), this::table);
    try {
      return table.isEmpty() ? null : table.get().value(id, size);
    } catch (BtfException unusable) {
      return null;
    }
  }

  private Optional<BtfTypes> table(long btfId) {
    Optional<Bytes> content = maps.typeInformation(btfId);
    try {
      return content.isEmpty()
          ? Optional.empty()
          : Optional.of(BtfTypes.read(content.get().toArray()));
    } catch (BtfException damaged) {
      return Optional.empty();
    }
  }
}
