package io.bpfman.loader.port;

import io.bpfman.model.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * Some entries of a map, in the kernel's order.
 *
 * @param next where to go on; empty after the last
 */
public record MapPage(List<MapEntry> entries, Optional<Position> next) {
  public MapPage {
    entries = List.copyOf(entries);
  }

  /**
   * A place in a map.
   *
   * @param byKey whether it is the last key that was read, or what the kernel gave for its next
   *     batch
   */
  public record Position(boolean byKey, Bytes at) {}
}
