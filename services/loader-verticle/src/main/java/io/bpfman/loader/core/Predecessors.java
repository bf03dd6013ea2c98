package io.bpfman.loader.core;

import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The programs that others are to replace, each of another function. */
record Predecessors(List<ProgramRecord> programs) {
  Predecessors {
    programs = List.copyOf(programs);
    Map<String, ProgramRecord> byName = new HashMap<>();
    for (ProgramRecord program : programs) {
      ProgramRecord other = byName.put(program.spec().name(), program);
      if (other != null) {
        throw FailureCode.INVALID_REQUEST.because(
            "programs %s and %s are both of function \"%s\", so that nobody can tell which of them gives its links to the new one"
                .formatted(other.id(), program.id(), program.spec().name()),
            "name the ids of the programs to replace, one of each function");
      }
    }
  }

  /** Ids that a request means, ascending. */
  static List<ProgramId> named(ReplaceSpec spec, ProgramStore store) {
    if (spec.programs().isEmpty() == spec.metadata().isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(
          "the request names %s programs to replace"
              .formatted(spec.programs().isEmpty() ? "no" : "by ids and by metadata"),
          "give either their ids or metadata that they have");
    }
    List<ProgramId> ids =
        spec.metadata().isEmpty()
            ? spec.programs().stream().distinct().sorted().toList()
            : store.programs(spec.metadata()).stream().map(ProgramRecord::id).toList();
    if (ids.isEmpty()) {
      throw FailureCode.PROGRAM_NOT_FOUND.because(
          "no program has the metadata %s".formatted(new TreeMap<>(spec.metadata())),
          "`bpfman program list` shows those that there are");
    }
    return ids;
  }

  /** PROGRAM_NOT_FOUND when one of them is no more. */
  static Predecessors read(List<ProgramId> ids, ProgramStore store) {
    return new Predecessors(
        ids.stream()
            .map(id -> store.program(id).orElseThrow(() -> LoaderFailures.unknownProgram(id)))
            .map(Predecessors::requireKnownLinks)
            .toList());
  }

  /** A new version would take over none of them, and the unload of the old one would end them. */
  private static ProgramRecord requireKnownLinks(ProgramRecord program) {
    if (StoreRecovery.isRecovered(program)) {
      throw FailureCode.KERNEL_STATE_LOST.because(
          "program %s cannot be replaced: where it is attached was lost with the store"
              .formatted(program.id()),
          "load the new version, attach it, and then unload program " + program.id());
    }
    return program;
  }

  List<ProgramId> ids() {
    return programs.stream().map(ProgramRecord::id).toList();
  }

  Optional<ProgramRecord> of(String function) {
    return programs.stream().filter(old -> old.spec().name().equals(function)).findFirst();
  }

  /** For messages: who goes on running. */
  String runOn() {
    String numbers = ids().stream().map(ProgramId::toString).collect(Collectors.joining(", "));
    return programs.size() == 1
        ? "program %s runs on".formatted(numbers)
        : "programs %s run on".formatted(numbers);
  }

  /** The map owner that all of them have; null without one. */
  @Nullable ProgramId mapOwner() {
    List<ProgramId> owners =
        programs.stream()
            .flatMap(program -> Optional.ofNullable(program.mapOwner()).stream())
            .distinct()
            .toList();
    return owners.size() == 1 ? owners.getFirst() : null;
  }

  /** The new version has the map owner and the metadata of this one, unless it says otherwise. */
  LoadSpec inherit(LoadSpec load) {
    return load.with(
        load.metadata().isEmpty() ? metadata() : load.metadata(),
        load.mapOwner() == null ? mapOwner() : load.mapOwner());
  }

  /** Pairs that all of them have. */
  private Map<String, String> metadata() {
    Map<String, String> common = new HashMap<>(programs.getFirst().metadata());
    programs.forEach(program -> common.entrySet().retainAll(program.metadata().entrySet()));
    return common;
  }

  /** Pins of their maps by name; of several maps of one name that of the lowest id. */
  Map<String, Path> maps(PinTree pins) {
    Map<String, Path> maps = new TreeMap<>();
    programs.forEach(
        program -> pins.mapPins(pins.maps(program.mapSet())).forEach(maps::putIfAbsent));
    return maps;
  }

  /** Who takes over the links of each of them. */
  Map<ProgramId, ProgramRecord> heirs(List<ProgramRecord> added) {
    Map<String, ProgramRecord> byName =
        added.stream().collect(Collectors.toMap(now -> now.spec().name(), now -> now));
    Map<ProgramId, ProgramRecord> heirs = new HashMap<>();
    for (ProgramRecord old : programs) {
      ProgramRecord heir = byName.get(old.spec().name());
      if (heir != null) {
        heirs.put(old.id(), heir);
      }
    }
    return heirs;
  }

  /** ATTACH_KIND_MISMATCH when a new program could not be where the old one is. */
  void requireFit(ObjectLoad request, ProgramStore store) {
    for (ProgramSpec now : request.programs()) {
      of(now.name())
          .ifPresent(old -> store.linksOf(old.id()).forEach(link -> requireFit(now, old, link)));
    }
  }

  private static void requireFit(ProgramSpec now, ProgramRecord old, LinkRecord link) {
    if (!link.spec().accepts(now.type())) {
      throw FailureCode.ATTACH_KIND_MISMATCH.because(
          "link %s of program %s is attached as %s to %s, but \"%s\" of the new version is of type %s"
              .formatted(
                  link.id(),
                  old.id(),
                  link.spec().kind(),
                  link.spec().attachPoint(),
                  now.name(),
                  now.type().cliName()),
          "detach that link first, or load it as type " + old.spec().type().cliName());
    }
  }
}
