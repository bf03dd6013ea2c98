package io.bpfman.loader.core;

import io.bpfman.loader.port.LoadedObject;
import io.bpfman.loader.port.MapRef;
import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.loader.port.ObjectReader;
import io.bpfman.model.Bytecode;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkId;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What every kind of load has in common: it pins, and leaves recording to its caller. */
final class ObjectLoading {
  private final Platform platform;
  private final ObjectReader objects;
  private final InstantSource clock;
  private final Locks locks;

  ObjectLoading(Platform platform, ObjectReader objects, InstantSource clock, Locks locks) {
    this.platform = platform;
    this.locks = locks;
    this.objects = objects;
    this.clock = clock;
  }

  ObjectReader objects() {
    return objects;
  }

  /**
   * A request that was compared with its object.
   *
   * @param license as the object names it
   */
  record Plan(LoadSpec spec, ObjectLoad request, String license) {
    Plan keeping(Map<String, Path> maps) {
      return new Plan(spec, request.keeping(maps), license);
    }
  }

  /**
   * @param ownerMaps pins of the map owner's maps by name; empty without an owner
   */
  Plan plan(LoadSpec spec, Map<String, Path> ownerMaps) {
    Path object = file(spec.bytecode());
    ObjectFacts facts = objects.read(object);
    ObjectLoad request =
        new LoadPlanner(object, facts).plan(spec, ownerMaps, platform.pins().shared());
    return new Plan(spec, request, facts.license());
  }

  static Path file(Bytecode bytecode) {
    return switch (bytecode) {
      case Bytecode.File file -> Path.of(file.path());
      case Bytecode.Image image ->
          throw FailureCode.IMAGE_UNSUPPORTED.because(
              "this daemon cannot pull images, so \"%s\" was not loaded".formatted(image.url()),
              "load the object from a file on the node");
    };
  }

  /**
   * Pins of the maps of a set, which has the id of the program that made them. INVALID_REQUEST when
   * nobody uses such a set: its owner may be gone, but a program that joined another's maps has
   * none of its own.
   */
  Map<String, Path> ownerMaps(ProgramId owner) {
    requireOwner(owner);
    return platform.pins().mapPins(platform.pins().maps(owner));
  }

  private void requireOwner(ProgramId owner) {
    if (platform.store().mapSetUsers(owner).isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(
          "map_owner_id %s does not exist: no maps here were made by such a program"
              .formatted(owner),
          hintForOwner(owner));
    }
  }

  /**
   * Works on what was loaded, from pinning to recording. Who joins a map set joins one that still
   * lives: it may have gone while the verifier worked, when no lock was held.
   */
  <T> T recording(Plan plan, LoadedObject loaded, Supplier<T> work) {
    OrderedLock recording = loaded.sharedMaps().isEmpty() ? locks.recording() : locks.sharingMaps();
    ProgramId owner = plan.spec().mapOwner();
    return owner == null
        ? Locks.with(recording, work)
        : Locks.with(
            locks.mapSets(),
            () -> {
              requireOwner(owner);
              return Locks.with(recording, work);
            });
  }

  /**
   * Pins maps shared by name again that somebody found unused and removed while the verifier
   * worked. False when another load has made another one of the name: what was loaded then works on
   * a map of its own.
   */
  boolean holdsSharedMaps(LoadedObject loaded) {
    for (String name : loaded.sharedMaps()) {
      Path pin = platform.pins().shared().resolve(name);
      if (!platform.pins().exists(pin)) {
        loaded.pinMap(name, pin);
      }
      long pinned = platform.kernel().maps().facts(new MapRef.Pinned(pin)).id();
      if (!Long.valueOf(pinned).equals(loaded.maps().get(name))) {
        return false;
      }
    }
    return true;
  }

  /** A load that failed may have pinned maps that are shared by name. */
  void tidySharedMaps() {
    Locks.with(
        locks.sharingMaps(),
        () -> {
          platform.unusedSharedMaps().forEach(platform.pins()::remove);
          return true;
        });
  }

  private String hintForOwner(ProgramId wrong) {
    return platform
        .store()
        .program(wrong)
        .map(dependant -> "program %s uses the maps of %s".formatted(wrong, dependant.mapSet()))
        .orElse("take the id of a program that this daemon loaded");
  }

  /**
   * Pins programs, maps and objects; answers what is to be recorded, in the order of the request.
   */
  List<ProgramRecord> pin(Plan plan, LoadedObject loaded, Undo undo) {
    List<ProgramRecord> records = records(plan, loaded);
    for (int i = 0; i < records.size(); i++) {
      pin(records.get(i), i, loaded, undo);
    }
    keepObject(loaded, records, undo);
    return records;
  }

  private List<ProgramRecord> records(Plan plan, LoadedObject loaded) {
    Instant now = clock.instant();
    LoadSpec spec = plan.spec();
    ProgramId owner = spec.mapOwner();
    Bytecode source = withoutPassword(spec.bytecode());
    List<ProgramRecord> records = new ArrayList<>();
    for (int i = 0; i < plan.request().programs().size(); i++) {
      KernelProgram kernel = loaded.programs().get(i);
      records.add(
          new ProgramRecord(
              kernel.id(),
              plan.request().programs().get(i),
              source,
              spec.globalData(),
              spec.metadata(),
              kernel.tag(),
              owner == null ? kernel.id() : owner,
              owner,
              now,
              spec.source(),
              plan.license()));
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

  private void pinMaps(ProgramRecord record, LoadedObject loaded, Undo undo) {
    Path directory = platform.pins().maps(record.mapSet());
    platform.pins().removeDirectory(directory);
    undo.push(() -> platform.pins().removeDirectory(directory));
    platform.pins().createDirectories(directory);
    loaded.maps().keySet().forEach(name -> loaded.pinMap(name, directory.resolve(name)));
  }

  /** The bytes that were loaded: a dispatcher may have to load them once more. */
  private void keepObject(LoadedObject loaded, List<ProgramRecord> records, Undo undo) {
    undo.push(() -> records.forEach(record -> platform.copies().remove(record.id())));
    platform.copies().keep(records, loaded.image());
  }

  /**
   * As it is right after the load.
   *
   * @param links of the program, ascending
   */
  ProgramView view(ProgramRecord record, KernelProgram kernel, List<LinkId> links) {
    return new ProgramView(
        record,
        kernel,
        links,
        platform.pins().maps(record.mapSet()),
        record.mapOwner() == null
            ? List.of(record.id())
            : platform.store().mapSetUsers(record.mapSet()));
  }
}
