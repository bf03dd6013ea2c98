package io.bpfman.loader.core;

import io.bpfman.loader.port.BpfKernel;
import io.bpfman.loader.port.ObjectCopies;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.ProgramStore;
import java.nio.file.Path;
import java.util.List;

/** The places that hold state: kernel, pins, store and copies of objects. */
public record Platform(BpfKernel kernel, PinTree pins, ProgramStore store, ObjectCopies copies) {

  /** Pins of maps shared by name that no program uses any more. */
  List<Path> unusedSharedMaps() {
    return unusedSharedMaps(List.copyOf(pins.mapPins(pins.shared()).keySet()));
  }

  /**
   * Pins of those of {@code names} that no program uses any more; asks nobody when there are none.
   */
  List<Path> unusedSharedMaps(List<String> names) {
    return names.isEmpty()
        ? List.of()
        : store.unusedSharedMaps(names).stream().map(pins.shared()::resolve).toList();
  }
}
