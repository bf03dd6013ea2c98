package io.bpfman.loader.core;

import io.bpfman.loader.core.btf.BtfVariable;
import io.bpfman.loader.port.BpfMaps;
import io.bpfman.loader.port.MapEntry;
import io.bpfman.loader.port.MapFacts;
import io.bpfman.loader.port.MapPage;
import io.bpfman.loader.port.MapRef;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.NearNames;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Maps of the programs of this daemon. Takes no lock: the kernel orders accesses to a map.
 * Blocking; any platform thread, several at once.
 */
public final class MapOperations {
  private final Platform platform;
  private final Inventory inventory;
  private final BpfMaps maps;

  MapOperations(Platform platform, Inventory inventory) {
    this.platform = platform;
    this.inventory = inventory;
    this.maps = platform.kernel().maps();
  }

  /** Maps of one program, by ascending id. */
  public List<MapView> ofProgram(ProgramId id) {
    return views(List.of(record(id)));
  }

  /** Maps of all programs, by ascending id. */
  public List<MapView> all() {
    return views(platform.store().programs(Map.of()));
  }

  /**
   * MAP_NOT_FOUND lists the maps that the program has.
   *
   * @param name as in {@link MapView}, or of a section of global variables
   */
  public MapView map(ProgramId id, String name) {
    ProgramRecord record = record(id);
    Map<String, MapRef> refs = refs(record);
    MapTypes types = new MapTypes(maps);
    MapRef ref = refs.get(name);
    if (ref != null) {
      return view(name, ref, maps.facts(ref), types).usedBy(id);
    }
    return section(refs, name, types).orElseThrow(() -> noMap(id, name, refs)).usedBy(id);
  }

  /** The kernel's names of such maps are the section's behind a part of the object's. */
  private Optional<MapView> section(Map<String, MapRef> refs, String name, MapTypes types) {
    return refs.entrySet().stream()
        .filter(ref -> name.startsWith(".") && ref.getValue() instanceof MapRef.ById)
        .map(ref -> view(ref.getKey(), ref.getValue(), maps.facts(ref.getValue()), types))
        .filter(view -> view.section().equals(name))
        .findFirst();
  }

  private static BpfmanException noMap(ProgramId id, String name, Map<String, MapRef> refs) {
    return FailureCode.MAP_NOT_FOUND.because(
        "program %s has no map \"%s\"".formatted(id, name),
        "it has: " + NearNames.list(refs.keySet().stream().sorted().toList()));
  }

  /** The entries after a page; null: the first. */
  public MapPage page(MapView map, MapPage.@Nullable Position from) {
    MapAccessRules.require(MapAccess.DUMP, map.name(), map.facts());
    return maps.page(map.ref(), from);
  }

  /** MAP_NOT_FOUND without the entry. */
  public MapEntry lookup(MapView map, Bytes key) {
    MapAccessRules.require(MapAccess.LOOK_UP, map.name(), map.facts());
    return maps.lookup(map.ref(), key).orElseThrow(() -> noEntry(map, key));
  }

  public void update(MapView map, Bytes key, List<Bytes> values, BpfMaps.UpdateMode mode) {
    MapAccessRules.require(MapAccess.WRITE, map.name(), map.facts());
    maps.update(map.ref(), key, values, mode);
  }

  /** The bytes of a variable; MESSAGE_TOO_LARGE when there are too many. */
  public Bytes variable(MapView map, BtfVariable variable) {
    if (variable.size() > BpfMaps.MAX_ENTRY_BYTES) {
      throw FailureCode.MESSAGE_TOO_LARGE.because(
          "variable \"%s\" of map \"%s\" has %d bytes; the limit is %d (4 MiB)"
              .formatted(variable.name(), map.name(), variable.size(), BpfMaps.MAX_ENTRY_BYTES),
          "read it on the node, for example with `bpftool map dump id %d`"
              .formatted(map.facts().id()));
    }
    return maps.part(map.ref(), variable.offset(), variable.size());
  }

  /**
   * @param content as many bytes as the variable has
   */
  public void write(MapView map, BtfVariable variable, Bytes content) {
    maps.writePart(map.ref(), variable.offset(), content);
  }

  /** MAP_NOT_FOUND without the entry. */
  public void delete(MapView map, Bytes key) {
    MapAccessRules.require(MapAccess.DELETE, map.name(), map.facts());
    if (!maps.delete(map.ref(), key)) {
      throw noEntry(map, key);
    }
  }

  private static BpfmanException noEntry(MapView map, Bytes key) {
    if (key.size() == 0) {
      return FailureCode.MAP_NOT_FOUND.because(
          "map \"%s\" is empty".formatted(map.name()), "`bpfman map update` adds an element");
    }
    return FailureCode.MAP_NOT_FOUND.because(
        "map \"%s\" has no entry with key %s (%d bytes, hexadecimal)"
            .formatted(map.name(), key, key.size()),
        "`bpfman map dump` shows those that it has");
  }

  private ProgramRecord record(ProgramId id) {
    return platform.store().program(id).orElseThrow(() -> LoaderFailures.unknownProgram(id));
  }

  private List<MapView> views(List<ProgramRecord> records) {
    MapTypes types = new MapTypes(maps);
    Map<Long, MapView> found = new TreeMap<>();
    for (ProgramRecord record : records) {
      refs(record)
          .forEach(
              (name, ref) -> {
                MapFacts facts = maps.facts(ref);
                MapView view = view(name, ref, facts, types).usedBy(record.id());
                found.merge(facts.id(), view, MapOperations::shared);
              });
    }
    return List.copyOf(found.values());
  }

  private static MapView shared(MapView one, MapView other) {
    List<ProgramId> users = new ArrayList<>(one.users());
    users.addAll(other.users());
    users.sort(Comparator.comparingLong(ProgramId::value));
    return new MapView(one.name(), one.ref(), one.facts(), one.key(), one.value(), users);
  }

  private static MapView view(String name, MapRef ref, MapFacts facts, MapTypes types) {
    return new MapView(name, ref, facts, types.key(facts), types.value(facts), List.of());
  }

  /** Pinned maps by the object's names, then those without a pin by the kernel's. */
  private Map<String, MapRef> refs(ProgramRecord record) {
    Map<String, MapRef> refs = new LinkedHashMap<>();
    List<Long> pinned = new ArrayList<>();
    Map<String, Path> pins = platform.pins().mapPins(platform.pins().maps(record.mapSet()));
    pins.forEach(
        (name, pin) -> {
          MapRef ref = new MapRef.Pinned(pin);
          refs.put(name, ref);
          pinned.add(maps.facts(ref).id());
        });
    List<Long> used = inventory.alive(record).map(KernelProgram::mapIds).orElse(List.of());
    for (long id : used) {
      if (!pinned.contains(id)) {
        MapRef ref = new MapRef.ById(id);
        refs.putIfAbsent(maps.facts(ref).name(), ref);
      }
    }
    return refs;
  }
}
