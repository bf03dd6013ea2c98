package io.bpfman.loader.port;

import java.nio.file.Path;

/** How to get hold of a living map. */
public sealed interface MapRef {

  /** By its pin. */
  record Pinned(Path pin) implements MapRef {}

  /** By its kernel id, for maps without a pin. */
  record ById(long id) implements MapRef {}
}
