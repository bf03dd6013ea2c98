package io.bpfman.loader.core;

import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.nio.file.Path;
import java.util.List;

/** What a check without named programs loads. Pure. */
final class CheckPlan {
  /** No program ever gets this id: the kernel counts up from 1 and ids stay below 2^31. */
  static final ProgramId SCRATCH = new ProgramId(0xFFFF_FFFFL);

  private CheckPlan() {}

  /** The same request for every function of the object. */
  static LoadSpec allOf(LoadSpec spec, Path object, ObjectFacts facts) {
    if (facts.functions().isEmpty()) {
      throw FailureCode.FUNCTION_NOT_FOUND.because(
          "object %s has no BPF function in a program section".formatted(object),
          "mark functions with SEC(...), for example SEC(\"xdp\")");
    }
    List<ProgramSpec> programs =
        facts.functions().entrySet().stream()
            .map(function -> program(object, function.getKey(), function.getValue()))
            .toList();
    return spec.withPrograms(programs);
  }

  private static ProgramSpec program(Path object, String name, String section) {
    ProgramType type =
        Sections.typeOf(section)
            .orElseThrow(
                () ->
                    FailureCode.SECTION_MISMATCH.because(
                        "function \"%s\" of %s lies in ELF section \"%s\", which is of no supported program type"
                            .formatted(name, object, section),
                        "name the functions to check"));
    String target = section.substring(section.indexOf('/') + 1);
    return new ProgramSpec(
        name, type, type.needsLoadTarget() && section.contains("/") ? target : null);
  }
}
