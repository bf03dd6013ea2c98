package io.bpfman.model;

import org.jspecify.annotations.Nullable;

/**
 * One program of an object.
 *
 * @param name function name in the object
 * @param loadTarget kernel function or LSM hook; set exactly for types that need one
 */
public record ProgramSpec(String name, ProgramType type, @Nullable String loadTarget) {
  public ProgramSpec {
    if (type.needsLoadTarget() && (loadTarget == null || loadTarget.isEmpty())) {
      throw FailureCode.INVALID_REQUEST.because(
          "program \"%s\" of type %s names no target; give the kernel function or hook it attaches to"
              .formatted(name, type.cliName()));
    }
  }

  public ProgramSpec(String name, ProgramType type) {
    this(name, type, null);
  }

  public ProgramSpec withType(ProgramType other) {
    return new ProgramSpec(name, other, loadTarget);
  }
}
