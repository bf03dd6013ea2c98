package io.bpfman.agent;

import io.bpfman.agent.core.Action;
import io.bpfman.agent.core.DesiredProgram;
import io.bpfman.agent.core.Identity;
import io.bpfman.agent.core.ObservedLink;
import io.bpfman.contract.Loader;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.contract.wire.Bytecodes;
import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytes;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.MetadataKeys;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.LoadResponseInfo;
import io.bpfman.proto.v1.UnloadRequest;
import io.bpfman.proto.x.v1.ReplaceRequest;
import io.bpfman.proto.x.v1.ReplaceResponse;
import io.bpfman.proto.x.v1.ReplacedMap;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Runs one plan of one application, step by step. Used once, on one event loop. */
final class ActionRunner {
  private final String application;
  private final Loader loader;
  private final LoaderView view;
  private final Journal journal;
  private final Map<String, Integer> loaded = new HashMap<>();
  private final Map<String, Failure> failures = new TreeMap<>();
  private final Set<String> undone = new HashSet<>();

  ActionRunner(String application, Loader loader, LoaderView view, Journal journal) {
    this.application = application;
    this.loader = loader;
    this.view = view;
    this.journal = journal;
  }

  /** Failures by id of the action; never fails itself. */
  Future<Map<String, Failure>> run(List<Action> plan) {
    Future<Void> steps = Future.succeededFuture();
    for (Action action : plan) {
      steps = steps.compose(_ -> step(action));
    }
    return steps.map(_ -> Map.copyOf(failures));
  }

  private Future<Void> step(Action action) {
    if (!Collections.disjoint(undone, action.requires())) {
      undone.add(action.id());
      return Future.succeededFuture();
    }
    return perform(action)
        .recover(
            thrown -> {
              failed(action, Failure.of(thrown));
              return Future.succeededFuture();
            });
  }

  private void failed(Action action, Failure failure) {
    undone.add(action.id());
    failures.put(action.id(), failure);
    journal.tell(
        Event.Kind.KIND_FAILED,
        application,
        "cannot %s: %s".formatted(action.describe(), failure.describe()));
  }

  private Future<Void> perform(Action action) {
    return switch (action) {
      case Action.LoadGroup load -> load(load);
      case Action.Replace replace -> replace(replace);
      case Action.Attach attach -> attach(attach);
      case Action.Detach detach -> detach(detach);
      case Action.Unload unload -> unload(unload);
    };
  }

  private Future<Void> load(Action.LoadGroup action) {
    LoadSpec spec;
    try {
      spec = spec(action);
    } catch (BpfmanException bad) {
      return Future.failedFuture(bad);
    }
    return loader
        .load(LoadRequests.toProto(spec))
        .map(
            response -> {
              remember(response.getProgramsList());
              return null;
            });
  }

  private void remember(List<LoadResponseInfo> programs) {
    programs.forEach(
        program -> {
          int id = program.getKernelInfo().getId();
          loaded.put(program.getInfo().getName(), id);
          journal.tell(
              Event.Kind.KIND_LOADED,
              application,
              "%s is loaded as program %s"
                  .formatted(program.getInfo().getName(), Integer.toUnsignedString(id)));
        });
  }

  private Future<Void> replace(Action.Replace action) {
    ReplaceRequest.Builder request = ReplaceRequest.newBuilder();
    action.old().forEach(program -> request.addProgramIds((int) program.id()));
    try {
      request.setLoad(LoadRequests.toProto(spec(action.load())));
    } catch (BpfmanException bad) {
      return Future.failedFuture(bad);
    }
    return loader
        .replace(request.build())
        .<Void>map(
            response -> {
              remember(response.getLoadedList());
              tell(response);
              return null;
            })
        .recover(this::withoutReplace);
  }

  private void tell(ReplaceResponse response) {
    for (ReplacedMap map : response.getMapsList()) {
      if (!map.getKept()) {
        journal.tell(
            Event.Kind.KIND_LOADED,
            application,
            "map \"%s\" begins anew: %s".formatted(map.getName(), map.getReason()));
      }
    }
    response
        .getWarningsList()
        .forEach(warning -> journal.tell(Event.Kind.KIND_FAILED, application, warning));
  }

  /** The next plan loads the new version beside the old one. */
  private <T> Future<T> withoutReplace(Throwable thrown) {
    if (!(thrown instanceof BpfmanException known) || known.code() != FailureCode.UNIMPLEMENTED) {
      return Future.failedFuture(thrown);
    }
    view.replaces(false);
    return Future.failedFuture(
        FailureCode.UNAVAILABLE.because(
            "the node's loader cannot replace programs in place",
            "they are loaded anew in a moment",
            thrown));
  }

  private LoadSpec spec(Action.LoadGroup action) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(MetadataKeys.APPLICATION, application);
    metadata.put(MetadataKeys.UUID, Identity.application(application));
    metadata.put(
        MetadataKeys.PROGRAM_NAME, application.substring(application.lastIndexOf('/') + 1));
    metadata.put(MetadataKeys.LOAD_DIGEST, action.application().digest().text());
    for (DesiredProgram program : action.programs()) {
      metadata.put(Identity.partKey(program.name()), program.part());
    }
    Map<String, Bytes> globals = new TreeMap<>();
    action
        .application()
        .source()
        .getGlobalDataMap()
        .forEach((name, value) -> globals.put(name, Bytes.of(value.toByteArray())));
    return new LoadSpec(
        Bytecodes.fromProto(action.application().source().getBytecode()),
        action.programs().stream().map(ActionRunner::program).toList(),
        globals,
        metadata,
        action.mapOwner());
  }

  private static ProgramSpec program(DesiredProgram wanted) {
    ProgramType type = Objects.requireNonNull(wanted.type(), "only known types are loaded");
    String target = wanted.source().getAttachFunction();
    return new ProgramSpec(wanted.name(), type, target.isEmpty() ? null : target);
  }

  private Future<Void> attach(Action.Attach action) {
    Integer fresh = loaded.get(action.program().name());
    int program = action.program().id() == 0 && fresh != null ? fresh : (int) action.program().id();
    Map<String, String> metadata =
        Map.of(MetadataKeys.APPLICATION, application, MetadataKeys.UUID, action.link().uuid());
    return loader
        .attach(
            AttachRequest.newBuilder()
                .setId(program)
                .setAttach(AttachInfos.toProto(action.spec(), metadata))
                .build())
        .map(
            response -> {
              attached(action, Integer.toUnsignedLong(response.getLinkId()));
              return null;
            });
  }

  private void attached(Action.Attach action, long id) {
    view.attached(ObservedLink.attached(id, action.link().uuid(), action.spec()));
    journal.tell(
        Event.Kind.KIND_ATTACHED,
        application,
        "%s is attached to %s as link %d"
            .formatted(action.program().name(), action.spec().attachPoint(), id));
  }

  private Future<Void> detach(Action.Detach action) {
    return loader
        .detach(DetachRequest.newBuilder().setLinkId((int) action.link().id()).build())
        .<Void>mapEmpty()
        .recover(thrown -> ignore(FailureCode.LINK_NOT_FOUND, thrown))
        .onSuccess(
            _ -> {
              view.detached(action.link().id());
              journal.tell(Event.Kind.KIND_DETACHED, application, "done: " + action.describe());
            });
  }

  private Future<Void> unload(Action.Unload action) {
    return loader
        .unload(UnloadRequest.newBuilder().setId((int) action.program().id()).build())
        .<Void>mapEmpty()
        .recover(thrown -> ignore(FailureCode.PROGRAM_NOT_FOUND, thrown))
        .onSuccess(
            _ -> journal.tell(Event.Kind.KIND_UNLOADED, application, "done: " + action.describe()));
  }

  /** What is gone already needs no removal. */
  private static Future<Void> ignore(FailureCode code, Throwable thrown) {
    return thrown instanceof BpfmanException known && known.code() == code
        ? Future.succeededFuture()
        : Future.failedFuture(thrown);
  }
}
