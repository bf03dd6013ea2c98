package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/** Selects the requested programs of an open object and gives each its type. */
final class ProgramSetup {
  private final LibBpf bpf;

  ProgramSetup(LibBpf bpf) {
    this.bpf = bpf;
  }

  /**
   * The requested programs in the order of the request; no other will be loaded. FUNCTION_NOT_FOUND
   * names those that exist.
   */
  List<Pointer> apply(Pointer object, ObjectLoad request, VerifierLog log) throws LoadRefused {
    List<String> names = new ArrayList<>();
    Pointer next = bpf.bpf_object__next_program(object, null);
    while (next != null) {
      names.add(bpf.bpf_program__name(next));
      bpf.bpf_program__set_autoload(next, false);
      next = bpf.bpf_object__next_program(object, next);
    }
    List<Pointer> selected = new ArrayList<>();
    for (ProgramSpec spec : request.programs()) {
      Pointer program = bpf.bpf_object__find_program_by_name(object, spec.name());
      if (program == null) {
        throw FailureCode.FUNCTION_NOT_FOUND.because(
            "object %s has no program \"%s\"; it has: %s"
                .formatted(request.object(), spec.name(), NearNames.list(names)));
      }
      setUp(program, spec);
      log.attachTo(program, selected.size());
      selected.add(program);
    }
    return selected;
  }

  private void setUp(Pointer program, ProgramSpec spec) throws LoadRefused {
    bpf.bpf_program__set_autoload(program, true);
    setType(program, spec.type());
    String target = spec.loadTarget();
    if (spec.type().needsLoadTarget() && target != null) {
      setTarget(program, spec, target);
    }
  }

  /**
   * A type that libbpf already knows from the section is left alone: setting it would drop what
   * else the section says (frags, sleepable).
   */
  private void setType(Pointer program, ProgramType type) {
    if (bpf.bpf_program__type(program) != type.kernelNumber()) {
      bpf.bpf_program__set_type(program, type.kernelNumber());
      bpf.bpf_program__set_expected_attach_type(
          program, type == ProgramType.XDP ? AttachTypes.XDP : 0);
    }
  }

  private void setTarget(Pointer program, ProgramSpec spec, String target) throws LoadRefused {
    bpf.bpf_program__set_expected_attach_type(program, AttachTypes.ofTracing(spec.type()));
    int result = bpf.bpf_program__set_attach_target(program, 0, target);
    if (result < 0) {
      throw new LoadRefused(LoadRefused.Stage.TARGET, -result, spec.name(), "");
    }
  }
}
