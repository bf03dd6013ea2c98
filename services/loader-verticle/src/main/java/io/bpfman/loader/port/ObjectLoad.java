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
 * @param sharedMapDir pin directory of maps declared LIBBPF_PIN_BY_NAME; existing pins are used,
 *     new ones made
 */
public record ObjectLoad(
    Path object,
    List<ProgramSpec> programs,
    Map<ObjectFacts.Variable, Bytes> globals,
    Map<String, Path> reusedMaps,
    Path sharedMapDir) {}
