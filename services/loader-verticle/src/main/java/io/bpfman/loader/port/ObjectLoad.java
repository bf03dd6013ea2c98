package io.bpfman.loader.port;

import io.bpfman.model.Bytes;
import io.bpfman.model.ProgramSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to load from one object. Types are already resolved against sections; global variables are
 * already checked.
 *
 * @param object ELF file
 * @param programs only these are loaded, in this order
 * @param globals variable name to its place and new content
 * @param reusedMaps map name to the pin of an existing map to use in its place
 * @param keptMaps the same for maps that may differ: one that does gets a new map in its place
 * @param sharedMapDir pin directory of maps declared LIBBPF_PIN_BY_NAME; existing pins are used,
 *     new ones made
 */
public record ObjectLoad(
    Path object,
    List<ProgramSpec> programs,
    Map<ObjectFacts.Variable, Bytes> globals,
    Map<String, Path> reusedMaps,
    Map<String, Path> keptMaps,
    Path sharedMapDir) {

  /** Without maps that may differ. */
  public ObjectLoad(
      Path object,
      List<ProgramSpec> programs,
      Map<ObjectFacts.Variable, Bytes> globals,
      Map<String, Path> reusedMaps,
      Path sharedMapDir) {
    this(object, programs, globals, reusedMaps, Map.of(), sharedMapDir);
  }

  /** The same, and {@code maps} go on where they fit. */
  public ObjectLoad keeping(Map<String, Path> maps) {
    return new ObjectLoad(object, programs, globals, reusedMaps, maps, sharedMapDir);
  }
}
