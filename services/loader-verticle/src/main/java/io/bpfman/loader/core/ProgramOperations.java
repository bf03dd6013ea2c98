package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.loader.port.LoadedObject;
import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loading and unloading. Blocking; any platform thread, several at once. */
public final class ProgramOperations {
  /** Each further one needs somebody who removes a shared map and makes another meanwhile. */
  private static final int MAX_TRIES = 5;

  private final Platform platform;
  private final ObjectLoading loading;
  private final LinkOperations links;
  private final UnrecordedLinks unrecorded;
  private final Locks locks;
  private final LoadsUnderWay loads;

  ProgramOperations(Platform platform, ObjectLoading loading, LinkOperations links) {
    this.loads = links.loads();
    this.platform = platform;
    this.loading = loading;
    this.links = links;
    this.unrecorded = new UnrecordedLinks(platform, links);
    this.locks = links.locks();
  }

  /**
   * Loads and pins all programs of a request, or none; on failure nothing is left in kernel, pins
   * or store. Answers what the kernel said of them while loading, in the order of the request.
   */
  public List<ProgramView> load(LoadSpec spec) {
    List<ProgramView> loaded = loadUntilSettled(spec);
    loaded.forEach(view -> links.events().publish(new LoaderEvent.ProgramLoaded(view.record())));
    List<ProgramId> ids = loaded.stream().map(view -> view.record().id()).toList();
    links.events().publish(new LoaderEvent.ObjectLoaded(spec.metadata(), ids));
    return loaded;
  }

  private List<ProgramView> loadUntilSettled(LoadSpec spec) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<List<ProgramView>> loaded = loadTidily(spec);
      if (loaded.isPresent()) {
        return loaded.get();
      }
    }
    throw FailureCode.KERNEL_STATE_LOST.because(
        "maps that the programs share by name were made anew by others during each of %d loads"
            .formatted(MAX_TRIES),
        "try again");
  }

  private Optional<List<ProgramView>> loadTidily(LoadSpec spec) {
    loads.begin();
    try {
      return loadOnce(spec);
    } catch (BpfmanException e) {
      loading.tidySharedMaps();
      throw e;
    } finally {
      loads.end();
    }
  }

  /** Nothing is locked while the verifier works. Empty: the shared maps changed meanwhile. */
  private Optional<List<ProgramView>> loadOnce(LoadSpec spec) {
    ProgramId owner = spec.mapOwner();
    platform.requirePinTree(links.events());
    ObjectLoading.Plan plan =
        loading.plan(spec, owner == null ? Map.of() : loading.ownerMaps(owner));
    Patience.requireCaller();
    try (LoadedObject loaded = platform.kernel().load(plan.request())) {
      Patience.requireCaller();
      return loading.recording(plan, loaded, () -> record(plan, loaded));
    }
  }

  private Optional<List<ProgramView>> record(ObjectLoading.Plan plan, LoadedObject loaded) {
    if (!loading.holdsSharedMaps(loaded)) {
      return Optional.empty();
    }
    try (Undo undo = new Undo()) {
      List<ProgramRecord> records = loading.pin(plan, loaded, undo);
      platform.store().addPrograms(records, loaded.sharedMaps());
      undo.push(() -> records.forEach(record -> platform.store().removeProgram(record.id())));
      List<ProgramView> views = views(records, loaded.programs());
      Patience.requireCaller();
      undo.commit();
      return Optional.of(views);
    }
  }

  private boolean removeAll(List<Path> pins) {
    pins.forEach(platform.pins()::remove);
    return true;
  }

  private List<ProgramView> views(List<ProgramRecord> records, List<KernelProgram> kernel) {
    List<ProgramView> views = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      views.add(loading.view(records.get(i), kernel.get(i), List.of()));
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
    Patience.requireCaller();
    platform.requirePinTree(links.events());
    Path object = ObjectLoading.file(spec.bytecode());
    ObjectFacts facts = loading.objects().read(object);
    LoadSpec whole = spec.programs().isEmpty() ? CheckPlan.allOf(spec, object, facts) : spec;
    ProgramId owner = spec.mapOwner();
    Map<String, Path> reused = new HashMap<>(platform.pins().mapPins(platform.pins().shared()));
    if (owner != null) {
      reused.putAll(loading.ownerMaps(owner));
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

  /**
   * Detaches all links of a program, then removes it, and its maps when nobody else uses them. Once
   * begun it is finished, whether the caller waits or not.
   */
  public void unload(ProgramId id) {
    Locks.with(
        locks.removing(id),
        () -> {
          Patience.requireCaller();
          return unloadHeld(id);
        });
  }

  /** For one who holds {@link Locks#removing} of the program. */
  boolean unloadHeld(ProgramId id) {
    ProgramRecord record =
        platform.store().program(id).orElseThrow(() -> LoaderFailures.unknownProgram(id));
    boolean recovered = StoreRecovery.isRecovered(record);
    // Without links only the removal of the row counts: the start removes pins that have none.
    if (recovered || !platform.store().linksOf(id).isEmpty()) {
      platform.store().beginUnload(id);
    }
    links.takeOffAllOf(id);
    if (recovered) {
      unrecorded.dropLinksOf(id);
    }
    Locks.with(locks.mapSets(), () -> remove(record));
    if (recovered) {
      unrecorded.dropChains();
      loading.tidySharedMaps();
    }
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
        || Locks.with(locks.sharingMaps(), () -> removeAll(platform.unusedSharedMaps(shared)));
  }
}
