package io.bpfman.loader.core;

import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.NearNames;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a request against what the object holds, before the kernel sees either. Pure. */
final class LoadPlanner {
  private final Path object;
  private final ObjectFacts facts;

  LoadPlanner(Path object, ObjectFacts facts) {
    this.object = object;
    this.facts = facts;
  }

  /**
   * @param ownerMaps pins of the map owner's maps by name; empty without an owner
   */
  ObjectLoad plan(LoadSpec spec, Map<String, Path> ownerMaps, Path sharedMapDir) {
    List<ProgramSpec> programs = spec.programs().stream().map(this::resolve).toList();
    requireDistinct(programs);
    return new ObjectLoad(object, programs, globals(spec), reused(ownerMaps), sharedMapDir);
  }

  private ProgramSpec resolve(ProgramSpec wanted) {
    String section = facts.functions().get(wanted.name());
    if (section == null) {
      throw FailureCode.FUNCTION_NOT_FOUND.because(
          "object %s has no BPF function \"%s\"".formatted(object, wanted.name()),
          "it has: " + NearNames.list(facts.functions().keySet()));
    }
    ProgramType found = Sections.typeOf(section).orElseThrow(() -> misfit(wanted, section));
    if (found.family() != wanted.type().family()) {
      throw misfit(wanted, section);
    }
    return wanted.withType(decide(wanted.type(), found));
  }

  /**
   * The section says what nobody asked for: return probes are entry probes on the wire. Whoever
   * asks for a return probe gets one, and TC and TCX programs lie in the same sections.
   */
  private static ProgramType decide(ProgramType wanted, ProgramType found) {
    return wanted.isReturnProbe() || found.family() == ProgramType.Family.SCHED_CLS
        ? wanted
        : found;
  }

  private RuntimeException misfit(ProgramSpec wanted, String section) {
    String meant =
        Sections.typeOf(section)
            .map(type -> "load it as type " + type.cliName())
            .orElse("this section name is of no supported program type");
    return FailureCode.SECTION_MISMATCH.because(
        "program type mismatch: function \"%s\" of %s lies in ELF section \"%s\", which does not fit type %s"
            .formatted(wanted.name(), object, section, wanted.type().cliName()),
        meant);
  }

  private void requireDistinct(List<ProgramSpec> programs) {
    Set<String> seen = new HashSet<>();
    for (ProgramSpec program : programs) {
      if (!seen.add(program.name())) {
        throw FailureCode.INVALID_REQUEST.because(
            "function \"%s\" is named twice in one request".formatted(program.name()),
            "name each function once; attach it several times instead");
      }
    }
  }

  private Map<ObjectFacts.Variable, Bytes> globals(LoadSpec spec) {
    Map<ObjectFacts.Variable, Bytes> placed = new HashMap<>();
    spec.globalData().forEach((name, value) -> placed.put(variable(name, value), value));
    return Map.copyOf(placed);
  }

  private ObjectFacts.Variable variable(String name, Bytes value) {
    ObjectFacts.Variable variable = facts.variables().get(name);
    if (variable == null) {
      throw FailureCode.GLOBAL_DATA_INVALID.because(
          "object %s has no global variable \"%s\"".formatted(object, name),
          "it has: " + NearNames.list(facts.variables().keySet()));
    }
    if (variable.size() != value.size()) {
      throw FailureCode.GLOBAL_DATA_INVALID.because(
          "global variable \"%s\" of %s is %d bytes long, the given value %d"
              .formatted(name, object, variable.size(), value.size()),
          "give exactly %d bytes in the node's byte order".formatted(variable.size()));
    }
    return variable;
  }

  private Map<String, Path> reused(Map<String, Path> ownerMaps) {
    Map<String, Path> reused = new HashMap<>(ownerMaps);
    reused.keySet().retainAll(facts.maps());
    return Map.copyOf(reused);
  }
}
