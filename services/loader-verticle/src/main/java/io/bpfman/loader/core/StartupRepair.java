package io.bpfman.loader.core;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.ChainKey;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes store, pins and kernel agree before the socket opens: finishes or undoes what a killed
 * daemon left half done, attaches lost links again under their own ids, removes what nobody
 * recorded. Running it twice changes nothing the second time.
 */
public final class StartupRepair {
  private final Platform platform;
  private final ProgramOperations programs;
  private final LinkOperations links;
  private final Inventory inventory;
  private final ChainRepair chains;
  private final List<String> done = new ArrayList<>();

  StartupRepair(
      Platform platform,
      ProgramOperations programs,
      LinkOperations links,
      Inventory inventory,
      ChainRepair chains) {
    this.platform = platform;
    this.programs = programs;
    this.links = links;
    this.inventory = inventory;
    this.chains = chains;
  }

  /** One sentence for each thing that was repaired or could not be. */
  public List<String> run() {
    done.clear();
    chains.hooks().forEach(this::settleChain);
    platform.store().unloading().forEach(this::finishUnload);
    finishHalfDoneLinks();
    dropLostPrograms();
    restoreLostLinks();
    removeOrphans();
    return List.copyOf(done);
  }

  /**
   * One thing that cannot be repaired keeps nobody from the others, nor the daemon from starting.
   */
  private void attempt(String thing, String success, Runnable repair) {
    try {
      repair.run();
      done.add(thing + " " + success);
    } catch (BpfmanException e) {
      done.add("%s could not be repaired: %s".formatted(thing, e.getMessage()));
    }
  }

  /** Before links are looked at: they sit where the chain says. */
  private void settleChain(ChainKey key) {
    try {
      chains.settle(key).ifPresent(done::add);
    } catch (BpfmanException e) {
      done.add("the chain on %s could not be repaired: %s".formatted(key, e.getMessage()));
    }
  }

  private void finishUnload(ProgramId id) {
    attempt("program " + id, "was half unloaded and has been removed", () -> programs.unload(id));
  }

  private void finishHalfDoneLinks() {
    for (LinkRecord link : platform.store().links()) {
      if (link.stage() != LinkRecord.Stage.ATTACHED) {
        String half = link.stage() == LinkRecord.Stage.ATTACHING ? "attached" : "detached";
        attempt(
            name(link),
            "was half %s and has been removed".formatted(half),
            () -> links.finishDetach(link));
      }
    }
  }

  private static String name(LinkRecord link) {
    return "link %s (%s)".formatted(link.id(), link.spec().attachPoint());
  }

  private void dropLostPrograms() {
    for (ProgramRecord record : platform.store().programs(Map.of())) {
      Path pin = platform.pins().program(record.id());
      String name = "program %s (\"%s\")".formatted(record.id(), record.spec().name());
      if (inventory.alive(record).isEmpty()) {
        attempt(name, "is no longer in the kernel and has been dropped", () -> drop(record));
      } else if (!platform.pins().exists(pin)) {
        attempt(name, "was pinned again", () -> platform.kernel().pinProgram(record.id(), pin));
      }
    }
  }

  private void drop(ProgramRecord record) {
    platform.store().linksOf(record.id()).forEach(links::finishDetach);
    platform.store().removeProgram(record.id());
  }

  private void restoreLostLinks() {
    for (LinkRecord link : platform.store().links()) {
      if (link.stage() == LinkRecord.Stage.ATTACHED && !inventory.isAttached(link)) {
        attempt(name(link), "was lost and has been attached again", () -> links.reattach(link));
      }
    }
  }

  private void removeOrphans() {
    List<ProgramRecord> records = platform.store().programs(Map.of());
    Set<ProgramId> programs =
        records.stream().map(ProgramRecord::id).collect(Collectors.toCollection(HashSet::new));
    Set<ProgramId> mapSets =
        records.stream().map(ProgramRecord::mapSet).collect(Collectors.toCollection(HashSet::new));
    platform.pins().programPins().stream()
        .filter(id -> !programs.contains(id))
        .forEach(id -> orphan(platform.pins().program(id)));
    platform.copies().programs().stream()
        .filter(id -> !programs.contains(id))
        .forEach(this::orphanCopy);
    if (records.stream().anyMatch(StoreRecovery::isRecovered)) {
      done.add(
          "links and maps without a record are kept until all recovered programs are unloaded");
      return;
    }
    platform.pins().linkPins().stream()
        .filter(id -> platform.store().link(id).isEmpty())
        .forEach(id -> orphan(platform.pins().link(id)));
    platform.pins().mapDirectories().stream()
        .filter(id -> !mapSets.contains(id))
        .forEach(id -> orphanDirectory(platform.pins().maps(id)));
    platform.unusedSharedMaps().forEach(this::orphan);
  }

  private void orphan(Path pin) {
    platform.pins().remove(pin);
    done.add("pin %s belonged to nothing and has been removed".formatted(pin));
  }

  private void orphanCopy(ProgramId id) {
    platform.copies().remove(id);
    done.add(
        "the copy of the object of program %s belonged to nothing and has been removed"
            .formatted(id));
  }

  private void orphanDirectory(Path directory) {
    platform.pins().removeDirectory(directory);
    done.add("map pins %s belonged to nothing and have been removed".formatted(directory));
  }
}
