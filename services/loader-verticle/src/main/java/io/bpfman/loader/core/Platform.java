package io.bpfman.loader.core;

import io.bpfman.loader.port.BpfKernel;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.ProgramStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The three places that hold state: kernel, pins and store. */
public record Platform(BpfKernel kernel, PinTree pins, ProgramStore store) {

  /** Pins of maps shared by name that no program uses any more. */
  List<Path> unusedSharedMaps() {
    Map<String, Path> pinned = pins.mapPins(pins.shared());
    if (pinned.isEmpty()) {
      return List.of();
    }
    return store.unusedSharedMaps(List.copyOf(pinned.keySet())).stream()
        .map(pins.shared()::resolve)
        .toList();
  }
}
