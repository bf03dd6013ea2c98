package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.core.mapdef.MapDefinition;
import io.bpfman.loader.core.mapdef.MapRules;
import java.util.List;

/**
 * What is known about a load that was refused.
 *
 * @param warnings what libbpf said, in its order; may be empty
 * @param maps of the object, as they are declared
 */
record Heard(List<String> warnings, List<MapDefinition> maps, MapRules.Host host) {
  static final Heard NOTHING = new Heard(List.of(), List.of(), new MapRules.Host("", 1));

  /** Whether a map that is pinned by name has another layout. */
  boolean tellsOfALayout() {
    return warnings.stream().anyMatch(line -> line.contains("reuse pinned map"));
  }
}
