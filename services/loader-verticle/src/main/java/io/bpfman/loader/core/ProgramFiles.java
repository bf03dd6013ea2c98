package io.bpfman.loader.core;

import io.bpfman.loader.port.MapRef;
import io.bpfman.model.KernelMap;
import io.bpfman.model.ProgramId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where things of programs are: pins, copies of objects. Takes no lock and changes nothing.
 * Blocking; any platform thread.
 */
public final class ProgramFiles {
  private final Platform platform;

  ProgramFiles(Platform platform) {
    this.platform = platform;
  }

  /**
   * One map of a program.
   *
   * @param pin where its pin is, or belongs; empty for maps of global variables, which have none
   * @param pinned whether it is there
   */
  public record PinnedMap(KernelMap map, String pin, boolean pinned) {}

  /** Pin of the program. */
  public Path pin(ProgramId program) {
    return platform.pins().program(program);
  }

  /** Where the copy of its object is kept. */
  public Path object(ProgramId program) {
    return platform.copies().of(program);
  }

  /** Maps in the kernel's order; those that are gone are left out. */
  public List<PinnedMap> maps(ProgramView program) {
    Map<Long, Path> pins = pinsById(program.mapDirectory());
    return program.kernel().mapIds().stream()
        .flatMap(id -> platform.kernel().map(id).stream())
        .map(map -> pinned(map, program.mapDirectory(), pins))
        .toList();
  }

  /** The kernel cuts names, so that only ids tell which pin is whose. */
  private Map<Long, Path> pinsById(Path directory) {
    Map<Long, Path> byId = new HashMap<>();
    platform
        .pins()
        .mapPins(directory)
        .values()
        .forEach(pin -> byId.put(platform.kernel().maps().facts(new MapRef.Pinned(pin)).id(), pin));
    return byId;
  }

  private static PinnedMap pinned(KernelMap map, Path directory, Map<Long, Path> pins) {
    Path pin = pins.get(map.id());
    if (pin != null) {
      return new PinnedMap(map, pin.toString(), true);
    }
    // No name in C has a dot: such a map holds global variables.
    boolean internal = map.name().contains(".");
    return new PinnedMap(map, internal ? "" : directory.resolve(map.name()).toString(), false);
  }
}
