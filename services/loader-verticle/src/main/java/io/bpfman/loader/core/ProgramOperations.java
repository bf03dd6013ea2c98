package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.loader.port.LoadedObject;
import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.loader.port.ObjectReader;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loading and unloading. Blocking; any platform thread, several at once. */
public final class ProgramOperations {
  private final Platform platform;
  private final ObjectReader objects;
  private final LinkOperations links;
  private final Locks locks;
  private final InstantSource clock;

  ProgramOperations(
      Platform platform, ObjectReader objects, LinkOperations links, InstantSource clock) {
    this.platform = platform;
    this.objects = objects;
    this.links = links;
    this.locks = links.locks();
    this.clock = clock;
  }

  /**
   * Loads and pins all programs of a request, or none; on failure nothing is left in kernel, pins
   * or store. Answers what the kernel said of them while loading, in the order of the request.
   */
  public List<ProgramView> load(LoadSpec spec) {
    ProgramId owner = spec.mapOwner();
    List<ProgramView> loaded =
        owner == null
            ? loadWith(spec, null, Map.of())
            : Locks.with(locks.mapSets(), () -> loadWith(spec, owner, ownerMaps(owner)));
    loaded.forEach(view -> links.events().publish(new LoaderEvent.ProgramLoaded(view.record())));
    List<ProgramId> ids = loaded.stream().map(view -> view.record().id()).toList();
    links.events().publish(new LoaderEvent.ObjectLoaded(spec.metadata(), ids));
    return loaded;
  }

  /** A load that failed may have pinned maps that are shared by name. */
  private List<ProgramView> loadWith(
      LoadSpec spec, @Nullable ProgramId mapSet, Map<String, Path> ownerMaps) {
    try {
      return Locks.with(locks.usingSharedMaps(), () -> loadLocked(spec, mapSet, ownerMaps));
    } catch (BpfmanException e) {
      Locks.with(locks.removingSharedMaps(), () -> removeAll(platform.unusedSharedMaps()));
      throw e;
    }
  }

  private boolean removeAll(List<Path> pins) {
    pins.forEach(platform.pins()::remove);
    return true;
  }

  private List<ProgramView> loadLocked(
      LoadSpec spec, @Nullable ProgramId mapSet, Map<String, Path> ownerMaps) {
    Path object = objectFile(spec.bytecode());
    ObjectLoad request =
        new LoadPlanner(object, objects.read(object))
            .plan(spec, ownerMaps, platform.pins().shared());
    try (LoadedObject loaded = platform.kernel().load(request);
        Undo undo = new Undo()) {
      List<ProgramRecord> records = records(spec, request.programs(), loaded, mapSet);
      records.forEach(record -> pin(record, records.indexOf(record), loaded, undo));
      keepObject(object, records, undo);
      platform.store().addPrograms(records, loaded.sharedMaps());
      undo.push(() -> records.forEach(record -> platform.store().removeProgram(record.id())));
      List<ProgramView> views = views(records, loaded.programs());
      undo.commit();
      return views;
    }
  }

  private List<ProgramView> views(List<ProgramRecord> records, List<KernelProgram> kernel) {
    List<ProgramView> views = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      ProgramRecord record = records.get(i);
      views.add(
          new ProgramView(
              record,
              kernel.get(i),
              List.of(),
              platform.pins().maps(record.mapSet()),
              record.mapOwner() == null
                  ? List.of(record.id())
                  : platform.store().mapSetUsers(record.mapSet())));
    }
    return views;
  }

  /**
   * Loads as {@link #load} would and lets go at once. Nothing of ours is pinned: maps that ask to
   * be pinned by name get a directory of their own, which a restart would remove too.
   *
   * @param spec without programs: every function of the object, with the type of its section
   */
  public List<KernelProgram> check(LoadSpec spec) {
    return Locks.with(locks.checking(), () -> checkAlone(spec));
  }

  private List<KernelProgram> checkAlone(LoadSpec spec) {
    Path object = objectFile(spec.bytecode());
    ObjectFacts facts = objects.read(object);
    LoadSpec whole = spec.programs().isEmpty() ? CheckPlan.allOf(spec, object, facts) : spec;
    ProgramId owner = spec.mapOwner();
    Map<String, Path> reused = new HashMap<>(platform.pins().mapPins(platform.pins().shared()));
    if (owner != null) {
      reused.putAll(ownerMaps(owner));
    }
    Path scratch = platform.pins().maps(CheckPlan.SCRATCH);
    try (Undo undo = new Undo()) {
      platform.pins().createDirectories(scratch);
      undo.push(() -> platform.pins().removeDirectory(scratch));
      ObjectLoad request = new LoadPlanner(object, facts).plan(whole, reused, scratch);
      try (LoadedObject loaded = platform.kernel().load(request)) {
        return loaded.programs();
      }
    }
  }

  private static Path objectFile(Bytecode bytecode) {
    return switch (bytecode) {
      case Bytecode.File file -> Path.of(file.path());
      case Bytecode.Image image ->
          throw FailureCode.IMAGE_UNSUPPORTED.because(
              "this daemon cannot pull images, so \"%s\" was not loaded".formatted(image.url()),
              "load the object from a file on the node");
    };
  }

  private Map<String, Path> ownerMaps(ProgramId owner) {
    ProgramId set = mapSetOf(owner);
    Map<String, Path> pins = platform.pins().mapPins(platform.pins().maps(set));
    if (platform.store().mapSetUsers(set).isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(
          "map_owner_id %s names no program whose maps are here".formatted(owner),
          "take the id of a program that this daemon loaded");
    }
    return pins;
  }

  private ProgramId mapSetOf(ProgramId owner) {
    return platform.store().program(owner).map(ProgramRecord::mapSet).orElse(owner);
  }

  private List<ProgramRecord> records(
      LoadSpec spec, List<ProgramSpec> programs, LoadedObject loaded, @Nullable ProgramId owner) {
    Instant now = clock.instant();
    Bytecode source = withoutPassword(spec.bytecode());
    List<ProgramRecord> records = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      KernelProgram kernel = loaded.programs().get(i);
      records.add(
          new ProgramRecord(
              kernel.id(),
              programs.get(i),
              source,
              spec.globalData(),
              spec.metadata(),
              kernel.tag(),
              owner == null ? kernel.id() : mapSetOf(owner),
              owner,
              now));
    }
    return records;
  }

  /** What is recorded is also what callers are told. */
  private static Bytecode withoutPassword(Bytecode bytecode) {
    return bytecode instanceof Bytecode.Image image
        ? new Bytecode.Image(image.url(), image.pullPolicy(), image.username(), null)
        : bytecode;
  }

  private void pin(ProgramRecord record, int index, LoadedObject loaded, Undo undo) {
    Path pin = platform.pins().program(record.id());
    platform.pins().remove(pin);
    undo.push(() -> platform.pins().remove(pin));
    loaded.pinProgram(index, pin);
    if (record.mapOwner() == null) {
      pinMaps(record, loaded, undo);
    }
  }

  /** For programs that a dispatcher may have to load once more. */
  private void keepObject(Path object, List<ProgramRecord> records, Undo undo) {
    List<ProgramId> chainable =
        records.stream()
            .filter(record -> record.spec().type().takesDispatcher())
            .map(ProgramRecord::id)
            .toList();
    if (!chainable.isEmpty()) {
      undo.push(() -> chainable.forEach(platform.copies()::remove));
      platform.copies().keep(chainable, object);
    }
  }

  private void pinMaps(ProgramRecord record, LoadedObject loaded, Undo undo) {
    Path directory = platform.pins().maps(record.mapSet());
    platform.pins().removeDirectory(directory);
    undo.push(() -> platform.pins().removeDirectory(directory));
    platform.pins().createDirectories(directory);
    loaded.maps().keySet().forEach(name -> loaded.pinMap(name, directory.resolve(name)));
  }

  /** Detaches all links of a program, then removes it, and its maps when nobody else uses them. */
  public void unload(ProgramId id) {
    Locks.with(locks.removing(id), () -> unloadLocked(id));
  }

  private boolean unloadLocked(ProgramId id) {
    ProgramRecord record =
        platform.store().program(id).orElseThrow(() -> LoaderFailures.unknownProgram(id));
    boolean recovered = StoreRecovery.isRecovered(record);
    // Without links only the removal of the row counts: the start removes pins that have none.
    if (recovered || !platform.store().linksOf(id).isEmpty()) {
      platform.store().beginUnload(id);
    }
    links.takeOffAllOf(id);
    if (recovered) {
      links.dropUnrecordedOf(id);
    }
    Locks.with(locks.mapSets(), () -> remove(record));
    links.events().publish(new LoaderEvent.ProgramUnloaded(record));
    return true;
  }

  private boolean remove(ProgramRecord record) {
    List<String> shared = platform.store().sharedMapsOf(record.id());
    platform.store().removeProgram(record.id());
    platform.pins().remove(platform.pins().program(record.id()));
    platform.copies().remove(record.id());
    if (platform.store().mapSetUsers(record.mapSet()).isEmpty()) {
      platform.pins().removeDirectory(platform.pins().maps(record.mapSet()));
    }
    return shared.isEmpty()
        || Locks.with(
            locks.removingSharedMaps(), () -> removeAll(platform.unusedSharedMaps(shared)));
  }
}
