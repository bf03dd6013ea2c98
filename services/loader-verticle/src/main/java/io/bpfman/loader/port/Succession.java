package io.bpfman.loader.port;

import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.List;

/**
 * Programs that took the place of others.
 *
 * @param old the programs before; links that are still theirs are to be detached
 * @param added the programs now
 * @param sharedMaps names of the maps that these share by name
 * @param dispatchers made anew
 * @param links as they are now: those that moved, and the others of the same dispatchers
 */
public record Succession(
    List<ProgramId> old,
    List<ProgramRecord> added,
    List<String> sharedMaps,
    List<DispatcherRecord> dispatchers,
    List<LinkRecord> links) {
  public Succession {
    old = List.copyOf(old);
    added = List.copyOf(added);
    sharedMaps = List.copyOf(sharedMaps);
    dispatchers = List.copyOf(dispatchers);
    links = List.copyOf(links);
  }
}
