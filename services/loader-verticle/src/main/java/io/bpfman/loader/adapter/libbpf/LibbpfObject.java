package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.core.mapdef.MapDefinition;
import io.bpfman.loader.core.objectfile.MapPlan;
import io.bpfman.loader.port.LoadedObject;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** A bpf_object, with the memory that it was opened from. */
final class LibbpfObject implements LoadedObject {
  private final Natives natives;
  private final Handles handles;
  private final Pointer object;
  private final Source source;
  private final Map<String, String> misfits = new TreeMap<>();
  private List<Pointer> selected = List.of();
  private List<KernelProgram> programs = List.of();
  private boolean closed;

  LibbpfObject(Natives natives, Handles handles, Pointer object, Source source) {
    this.natives = natives;
    this.handles = handles;
    this.object = object;
    this.source = source;
  }

  /** Where an object came from; the memory is given back when the object is closed. */
  record Source(Scratch memory, ObjectImage image) {}

  /**
   * What an object is opened with.
   *
   * @param file read once, checked
   * @param pinRoot as of {@link OpenOptions}
   */
  record Opening(
      Natives natives, Handles handles, Path file, @Nullable Path pinRoot, MapPlan.Wanted wanted) {}

  /**
   * Opens without loading anything.
   *
   * @param blamed name of the program in a refusal; empty for none
   */
  static LibbpfObject open(Opening opening, String blamed) throws LoadRefused {
    Natives natives = opening.natives();
    Scratch memory = natives.scratch();
    boolean opened = false;
    try {
      ObjectImage image = ObjectImage.read(memory, opening.file(), opening.wanted());
      OpenOptions options = OpenOptions.of(opening.file(), opening.pinRoot());
      Pointer object = options.open(natives, memory, image);
      if (object == null) {
        throw new LoadRefused(LoadRefused.Stage.OPEN, natives.errno(), blamed, "");
      }
      opened = true;
      return new LibbpfObject(natives, opening.handles(), object, new Source(memory, image));
    } finally {
      if (!opened) {
        memory.close();
      }
    }
  }

  /** A map that could not be kept, and why. */
  void misfit(String map, String reason) {
    misfits.put(map, reason);
  }

  @Override
  public Map<String, String> misfits() {
    return Collections.unmodifiableMap(misfits);
  }

  @Override
  public ByteBuffer image() {
    return source.image().file().asReadOnlyBuffer();
  }

  Pointer handle() {
    return object;
  }

  void select(List<Pointer> requested) {
    selected = List.copyOf(requested);
  }

  /** Descriptor of the program at {@code index} of what was selected; closed with this. */
  int descriptor(int index) {
    return natives.bpf().bpf_program__fd(selected.get(index));
  }

  void readPrograms(ProgramInfos infos) {
    programs = selected.stream().map(p -> infos.of(natives.bpf().bpf_program__fd(p))).toList();
  }

  @Override
  public List<KernelProgram> programs() {
    return programs;
  }

  @Override
  public Map<String, Long> maps() {
    Map<String, Long> ids = new LinkedHashMap<>();
    for (Pointer map : declaredMaps()) {
      int descriptor = natives.bpf().bpf_map__fd(map);
      ids.put(natives.bpf().bpf_map__name(map), MapInfo.of(natives, handles, descriptor).id());
    }
    return ids;
  }

  @Override
  public List<String> sharedMaps() {
    return declaredMaps().stream()
        .filter(map -> natives.bpf().bpf_map__pin_path(map) != null)
        .map(map -> natives.bpf().bpf_map__name(map))
        .toList();
  }

  @Override
  public void pinProgram(int index, Path pin) {
    handles.pin(descriptor(index), pin);
  }

  @Override
  public void pinMap(String name, Path pin) {
    Pointer map = natives.bpf().bpf_object__find_map_by_name(object, name);
    if (map == null) {
      throw FailureCode.MAP_NOT_FOUND.because("the object has no map \"%s\"".formatted(name));
    }
    handles.pin(natives.bpf().bpf_map__fd(map), pin);
  }

  /** Takes what the kernel refuses from maps, before they are compared with existing ones. */
  void shapeMaps() {
    allMaps().forEach(map -> MapSizes.apply(natives.bpf(), map));
  }

  /** As they are declared; to be called before the load. */
  List<MapDefinition> definitions() {
    return allMaps().stream().map(map -> MapSizes.definition(natives.bpf(), map)).toList();
  }

  /** Makes no map that only programs use which are not loaded. */
  void skipMaps() {
    allMaps().stream()
        .filter(map -> source.image().maps().skipped().contains(natives.bpf().bpf_map__name(map)))
        .forEach(map -> natives.bpf().bpf_map__set_autocreate(map, false));
  }

  /** Those that exist: not all are made. */
  private List<Pointer> declaredMaps() {
    return allMaps().stream()
        .filter(map -> natives.bpf().bpf_map__is_internal(map) == 0)
        .filter(map -> natives.bpf().bpf_map__fd(map) >= 0)
        .toList();
  }

  private List<Pointer> allMaps() {
    List<Pointer> maps = new ArrayList<>();
    Pointer map = natives.bpf().bpf_object__next_map(object, null);
    while (map != null) {
      maps.add(map);
      map = natives.bpf().bpf_object__next_map(object, map);
    }
    return maps;
  }

  /**
   * Frees what looking for an attach target opened: libbpf (1.1.2 read) closes the type information
   * of the kernel's modules, one descriptor each, at the end of a load and nowhere else. So this
   * loads, but no program and no map. To be called before any other load, and nothing can be loaded
   * afterwards.
   */
  void loadNothing() {
    LibBpf bpf = natives.bpf();
    allMaps().forEach(map -> bpf.bpf_map__set_autocreate(map, false));
    Pointer program = bpf.bpf_object__next_program(object, null);
    while (program != null) {
      bpf.bpf_program__set_autoload(program, false);
      program = bpf.bpf_object__next_program(object, program);
    }
    bpf.bpf_object__load(object);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      natives.bpf().bpf_object__close(object);
      source.memory().close();
    }
  }
}
