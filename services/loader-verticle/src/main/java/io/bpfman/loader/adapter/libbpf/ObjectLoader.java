package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.core.mapdef.MapDefinition;
import io.bpfman.loader.core.mapdef.MapRules;
import io.bpfman.loader.core.objectfile.MapPlan;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.ProgramSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Loads the requested programs of one object as one bpf_object, so that they share its maps.
 * Thread-safe.
 */
final class ObjectLoader {
  private final Natives natives;
  private final Handles handles;
  private final ProgramInfos infos;

  ObjectLoader(Natives natives, Handles handles, ProgramInfos infos) {
    this.natives = natives;
    this.handles = handles;
    this.infos = infos;
  }

  /** A refusal without a verifier log is tried once more, listening to libbpf for the reason. */
  LibbpfObject load(ObjectLoad request) {
    new ActiveLsms().require(request);
    try {
      return attempt(request, object -> {});
    } catch (LoadRefused refusal) {
      if (!refusal.log().isBlank()) {
        throw LoadFailures.explain(request, refusal, Heard.NOTHING);
      }
      return listening(request);
    }
  }

  private LibbpfObject listening(ObjectLoad request) {
    try (LibbpfMessages.Capture messages = LibbpfMessages.capture(natives)) {
      List<MapDefinition> maps = new ArrayList<>();
      try {
        return attempt(request, object -> maps.addAll(object.definitions()));
      } catch (LoadRefused refusal) {
        MapRules.Host host = new MapRules.Host(KernelLacks.release(), natives.c().getpagesize());
        throw LoadFailures.explain(request, refusal, new Heard(messages.warnings(), maps, host));
      }
    }
  }

  private static MapPlan.Wanted wanted(ObjectLoad request) {
    List<String> names = request.programs().stream().map(ProgramSpec::name).toList();
    return new MapPlan.Wanted(names, request.reusedMaps().keySet(), true);
  }

  /**
   * @param ready sees the object right before it is loaded
   */
  private LibbpfObject attempt(ObjectLoad request, Consumer<LibbpfObject> ready)
      throws LoadRefused {
    LibbpfObject object =
        LibbpfObject.open(
            new LibbpfObject.Opening(
                natives, handles, request.object(), request.sharedMapDir(), wanted(request)),
            "");
    boolean tried = false;
    boolean loaded = false;
    try (VerifierLog log = new VerifierLog(natives, request.programs())) {
      object.select(new ProgramSetup(natives.bpf()).apply(object.handle(), request, log));
      new GlobalValues(natives).apply(object.handle(), request);
      object.shapeMaps();
      new MapReuse(natives, handles).apply(object, request);
      object.skipMaps();
      ready.accept(object);
      tried = true;
      int result = natives.bpf().bpf_object__load(object.handle());
      if (result < 0) {
        throw log.refusal(-result);
      }
      object.readPrograms(infos);
      loaded = true;
      return object;
    } finally {
      if (!tried && request.programs().stream().anyMatch(p -> p.type().needsLoadTarget())) {
        object.loadNothing();
      }
      if (!loaded) {
        object.close();
      }
    }
  }
}
