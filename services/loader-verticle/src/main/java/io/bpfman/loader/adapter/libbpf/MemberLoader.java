package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.core.objectfile.MapPlan;
import io.bpfman.loader.port.NetworkHooks.SlotOrder;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramSpec;
import java.util.List;
import java.util.Set;
import jnr.ffi.Pointer;

/**
 * Loads the copy of a program that can take a dispatcher's slot: the same function of the same
 * object as BPF_PROG_TYPE_EXT, on the maps of the program. Thread-safe.
 */
final class MemberLoader {
  /** BPF_PROG_TYPE_EXT of linux/bpf.h. */
  private static final int EXTENSION = 28;

  private final Natives natives;
  private final Handles handles;
  private final ProgramInfos infos;

  MemberLoader(Natives natives, Handles handles, ProgramInfos infos) {
    this.natives = natives;
    this.handles = handles;
    this.infos = infos;
  }

  LibbpfObject load(SlotOrder order, Descriptor dispatcher) {
    try (LibbpfMessages.Capture messages = LibbpfMessages.capture(natives)) {
      try {
        return attempt(order, dispatcher);
      } catch (LoadRefused refusal) {
        throw ChainFailures.notLoaded(order, refusal, messages.warnings());
      }
    }
  }

  private LibbpfObject attempt(SlotOrder order, Descriptor dispatcher) throws LoadRefused {
    ProgramSpec spec = order.program().spec();
    LibbpfObject object =
        LibbpfObject.open(
            new LibbpfObject.Opening(natives, handles, order.object(), null, wanted(spec)),
            spec.name());
    boolean loaded = false;
    try (VerifierLog log = new VerifierLog(natives, List.of(spec))) {
      Pointer program = select(object, spec, dispatcher);
      log.attachTo(program, 0);
      object.select(List.of(program));
      object.shapeMaps();
      new InheritedMaps(natives, handles).apply(object.handle(), mapsOf(order));
      int result = natives.bpf().bpf_object__load(object.handle());
      if (result < 0) {
        throw log.refusal(-result);
      }
      loaded = true;
      return object;
    } finally {
      if (!loaded) {
        object.close();
      }
    }
  }

  /** Its tables are filled already. */
  private static MapPlan.Wanted wanted(ProgramSpec spec) {
    return new MapPlan.Wanted(List.of(spec.name()), Set.of(), false);
  }

  private List<Long> mapsOf(SlotOrder order) {
    try (Descriptor program = handles.openProgram(order.programPin())) {
      KernelProgram known = infos.of(program.number());
      return known.mapIds();
    }
  }

  private Pointer select(LibbpfObject object, ProgramSpec spec, Descriptor dispatcher)
      throws LoadRefused {
    LibBpf bpf = natives.bpf();
    Pointer next = bpf.bpf_object__next_program(object.handle(), null);
    while (next != null) {
      bpf.bpf_program__set_autoload(next, false);
      next = bpf.bpf_object__next_program(object.handle(), next);
    }
    Pointer program = bpf.bpf_object__find_program_by_name(object.handle(), spec.name());
    if (program == null) {
      throw new LoadRefused(LoadRefused.Stage.OPEN, Errno.ENOENT, spec.name(), "");
    }
    bpf.bpf_program__set_autoload(program, true);
    bpf.bpf_program__set_type(program, EXTENSION);
    bpf.bpf_program__set_expected_attach_type(program, 0);
    String slot = SlotFunctions.name(0);
    int result = bpf.bpf_program__set_attach_target(program, dispatcher.number(), slot);
    if (result < 0) {
      throw new LoadRefused(LoadRefused.Stage.TARGET, -result, spec.name(), "");
    }
    return program;
  }
}
