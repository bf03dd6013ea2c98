package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.loader.port.LoadedObject;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts a new version in the place of programs that run. Blocking; any platform thread; one
 * replacement at a time, beside all other operations.
 */
public final class ProgramReplacement {
  private final Platform platform;
  private final ObjectLoading loading;
  private final ProgramOperations programs;
  private final LinkOperations links;
  private final Locks locks;

  ProgramReplacement(
      Platform platform, ObjectLoading loading, ProgramOperations programs, LinkOperations links) {
    this.platform = platform;
    this.loading = loading;
    this.programs = programs;
    this.links = links;
    this.locks = links.locks();
  }

  /** What one replacement came to, before the old programs are removed. */
  private record Outcome(
      Replaced replaced,
      List<KernelProgram> kernel,
      List<ReplaceView.MapChange> maps,
      List<String> warnings) {}

  /**
   * All or nothing: on failure the programs before run on, and nothing of the new ones is left.
   * Links keep their ids and metadata and have no moment without a program; maps go on where name,
   * type, sizes, number of entries and flags are the same.
   */
  public ReplaceView replace(ReplaceSpec spec) {
    return Locks.with(locks.replacing(), () -> replaceAlone(spec));
  }

  private ReplaceView replaceAlone(ReplaceSpec spec) {
    List<ProgramId> ids = Predecessors.named(spec, platform.store());
    Predecessors before = Predecessors.read(ids, platform.store());
    LoadSpec load = before.inherit(spec.load());
    ProgramId owner = load.mapOwner();
    platform.requirePinTree(links.events());
    ObjectLoading.Plan plan =
        loading
            .plan(load, owner == null ? Map.of() : loading.ownerMaps(owner))
            .keeping(before.maps(platform.pins()));
    before.requireFit(plan.request(), platform.store());
    Patience.requireCaller();
    links.loads().begin();
    try (LoadedObject loaded = loadBeside(before, plan)) {
      Patience.requireCaller();
      return Locks.withAll(locks.removing(ids), () -> replaceHeld(ids, plan, loaded));
    } catch (BpfmanException e) {
      loading.tidySharedMaps();
      throw e;
    } finally {
      links.loads().end();
    }
  }

  /** Nothing is locked while the verifier works, save that others wait with replacing. */
  private LoadedObject loadBeside(Predecessors before, ObjectLoading.Plan plan) {
    try {
      return platform.kernel().load(plan.request());
    } catch (BpfmanException e) {
      throw told(e, "nothing was replaced, and ", before);
    }
  }

  /** Who was unloaded, or attached elsewhere, while the verifier worked is seen here. */
  private ReplaceView replaceHeld(
      List<ProgramId> ids, ObjectLoading.Plan plan, LoadedObject loaded) {
    Predecessors before = Predecessors.read(ids, platform.store());
    before.requireFit(plan.request(), platform.store());
    platform.store().beginReplace(ids);
    Outcome outcome;
    try {
      outcome = loading.recording(plan, loaded, () -> move(before, plan, loaded));
    } catch (RuntimeException e) {
      throw takenBack(before, e);
    }
    publish(plan.spec(), outcome.replaced().added());
    List<String> warnings = new ArrayList<>(outcome.warnings());
    warnings.addAll(removeOld(outcome.replaced()));
    return new ReplaceView(
        outcome.replaced().changes(), views(outcome), outcome.maps(), List.copyOf(warnings));
  }

  /** What could not be taken back stays in the journal, for the doctor and the next start. */
  private BpfmanException takenBack(Predecessors before, RuntimeException thrown) {
    boolean clean = thrown.getSuppressed().length == 0;
    if (clean) {
      platform.store().abandonReplace(before.ids());
    }
    String fate =
        clean
            ? "nothing was replaced, and "
            : "not all of it could be taken back (`bpfman doctor --repair` does), ";
    return told(thrown, fate, before);
  }

  private static BpfmanException told(RuntimeException thrown, String fate, Predecessors before) {
    Failure failure = Failure.of(thrown);
    String message = failure.message() + "; " + fate + before.runOn();
    return new BpfmanException(
        new Failure(failure.code(), message, failure.hint(), failure.log()), thrown);
  }

  private Outcome move(Predecessors before, ObjectLoading.Plan plan, LoadedObject loaded) {
    if (!loading.holdsSharedMaps(loaded)) {
      throw FailureCode.KERNEL_STATE_LOST.because(
          "maps that the programs share by name were made anew by others during the load",
          "try again");
    }
    try (Undo undo = new Undo()) {
      List<ProgramRecord> added = loading.pin(plan, loaded, undo);
      Replaced replaced =
          new Replaced(before, added, new LinkMoves(links.chains(), before.heirs(added), undo));
      return Locks.withAll(
          locks.hooks(
              replaced.links(platform.store()).stream()
                  .flatMap(link -> links.pointOf(link).stream())
                  .toList()),
          () -> {
            replaced.moves().moveAll(replaced.links(platform.store()));
            Patience.requireCaller();
            platform.store().finishReplace(replaced.succession(loaded.sharedMaps()));
            undo.commit();
            return settle(replaced, loaded);
          });
    }
  }

  private Outcome settle(Replaced replaced, LoadedObject loaded) {
    List<String> warnings = new ArrayList<>();
    attempt(warnings, replaced.moves()::settle);
    Set<String> before = replaced.before().maps(platform.pins()).keySet();
    List<ReplaceView.MapChange> maps =
        loaded.maps().keySet().stream()
            .filter(before::contains)
            .sorted()
            .map(map -> mapChange(map, loaded))
            .toList();
    return new Outcome(replaced, loaded.programs(), maps, warnings);
  }

  private List<ProgramView> views(Outcome outcome) {
    List<ProgramView> views = new ArrayList<>();
    for (int i = 0; i < outcome.kernel().size(); i++) {
      ProgramRecord record = outcome.replaced().added().get(i);
      List<LinkId> ids =
          platform.store().linksOf(record.id()).stream().map(LinkRecord::id).toList();
      views.add(loading.view(record, outcome.kernel().get(i), ids));
    }
    return views;
  }

  private static ReplaceView.MapChange mapChange(String map, LoadedObject loaded) {
    return new ReplaceView.MapChange(map, loaded.misfits().getOrDefault(map, ""));
  }

  /** Nothing of this can be taken back any more: the new version runs. */
  private List<String> removeOld(Replaced replaced) {
    List<String> warnings = new ArrayList<>();
    replaced.moves().doubled().forEach(link -> attempt(warnings, () -> links.awaitGone(link)));
    replaced.before().ids().forEach(id -> attempt(warnings, () -> programs.unloadHeld(id)));
    return warnings;
  }

  private static void attempt(List<String> warnings, Runnable work) {
    try {
      work.run();
    } catch (BpfmanException e) {
      warnings.add(e.getMessage());
    }
  }

  private void publish(LoadSpec load, List<ProgramRecord> added) {
    added.forEach(record -> links.events().publish(new LoaderEvent.ProgramLoaded(record)));
    List<ProgramId> ids = added.stream().map(ProgramRecord::id).toList();
    links.events().publish(new LoaderEvent.ObjectLoaded(load.metadata(), ids));
  }
}
