package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.ObjectLoad;
import java.util.List;

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
      return attempt(request);
    } catch (LoadRefused refusal) {
      if (!refusal.log().isBlank()) {
        throw LoadFailures.explain(request, refusal, List.of());
      }
      return listening(request);
    }
  }

  private LibbpfObject listening(ObjectLoad request) {
    try (LibbpfMessages.Capture messages = LibbpfMessages.capture(natives)) {
      try {
        return attempt(request);
      } catch (LoadRefused refusal) {
        throw LoadFailures.explain(request, refusal, messages.warnings());
      }
    }
  }

  private LibbpfObject attempt(ObjectLoad request) throws LoadRefused {
    LibbpfObject object =
        LibbpfObject.open(
            new LibbpfObject.Opening(natives, handles, request.object(), request.sharedMapDir()),
            "");
    boolean tried = false;
    boolean loaded = false;
    try (VerifierLog log = new VerifierLog(natives, request.programs())) {
      object.select(new ProgramSetup(natives.bpf()).apply(object.handle(), request, log));
      new GlobalValues(natives).apply(object.handle(), request);
      new MapReuse(natives, handles).apply(object, request);
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
