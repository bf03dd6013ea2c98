package io.bpfman.loader.core;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.LinkHealth;
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
  private final LinkOperations links;
  private final Inventory inventory;
  private final List<String> done = new ArrayList<>();

  StartupRepair(Platform platform, LinkOperations links, Inventory inventory) {
    this.platform = platform;
    this.links = links;
    this.inventory = inventory;
  }

  /** One sentence for each thing that was repaired or could not be. */
  public List<String> run() {
    done.clear();
    finishHalfDoneLinks();
    dropLostPrograms();
    restoreLostLinks();
    removeOrphans();
    return List.copyOf(done);
  }

  private void finishHalfDoneLinks() {
    for (LinkRecord link : platform.store().links()) {
      if (link.stage() != LinkRecord.Stage.ATTACHED) {
        links.finishDetach(link);
        done.add(
            "link %s (%s) was half %s and has been removed"
                .formatted(
                    link.id(),
                    link.spec().attachPoint(),
                    link.stage() == LinkRecord.Stage.ATTACHING ? "attached" : "detached"));
      }
    }
  }

  private void dropLostPrograms() {
    for (ProgramRecord record : platform.store().programs(Map.of())) {
      boolean pinned = platform.pins().exists(platform.pins().program(record.id()));
      if (inventory.alive(record).isEmpty()) {
        platform.store().linksOf(record.id()).forEach(links::finishDetach);
        platform.store().removeProgram(record.id());
        done.add(
            "program %s (\"%s\") is no longer in the kernel and has been dropped"
                .formatted(record.id(), record.spec().name()));
      } else if (!pinned) {
        platform.kernel().pinProgram(record.id(), platform.pins().program(record.id()));
        done.add("program %s was pinned again".formatted(record.id()));
      }
    }
  }

  private void restoreLostLinks() {
    for (LinkRecord link : platform.store().links()) {
      Path pin = platform.pins().link(link.id());
      if (!(platform.kernel().observe(link, pin) instanceof LinkHealth.Attached)) {
        done.add(restore(link));
      }
    }
  }

  private String restore(LinkRecord link) {
    String what = "link %s (%s)".formatted(link.id(), link.spec().attachPoint());
    try {
      links.reattach(link);
      return what + " was lost and has been attached again";
    } catch (BpfmanException e) {
      return what + " is lost and could not be attached again: " + e.getMessage();
    }
  }

  private void removeOrphans() {
    List<ProgramRecord> records = platform.store().programs(Map.of());
    Set<ProgramId> programs =
        records.stream().map(ProgramRecord::id).collect(Collectors.toCollection(HashSet::new));
    Set<ProgramId> mapSets =
        records.stream().map(ProgramRecord::mapSet).collect(Collectors.toCollection(HashSet::new));
    platform.pins().linkPins().stream()
        .filter(id -> platform.store().link(id).isEmpty())
        .forEach(id -> orphan(platform.pins().link(id)));
    platform.pins().programPins().stream()
        .filter(id -> !programs.contains(id))
        .forEach(id -> orphan(platform.pins().program(id)));
    platform.pins().mapDirectories().stream()
        .filter(id -> !mapSets.contains(id))
        .forEach(id -> orphanDirectory(platform.pins().maps(id)));
    platform.unusedSharedMaps().forEach(this::orphan);
  }

  private void orphan(Path pin) {
    platform.pins().remove(pin);
    done.add("pin %s belonged to nothing and has been removed".formatted(pin));
  }

  private void orphanDirectory(Path directory) {
    platform.pins().removeDirectory(directory);
    done.add("map pins %s belonged to nothing and have been removed".formatted(directory));
  }
}
