package io.bpfman.loader.fuzz;

import io.bpfman.testkit.BpfCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What clang makes of the sources of tests: the seeds of mutation. */
public final class RealObjects {
  private static final List<String> NAMES =
      List.of(
          "counters",
          "crash",
          "daemon",
          "maps",
          "shared",
          "types",
          "static_program",
          "legacy_maps",
          "struct_ops_beside",
          "tail_table");

  private RealObjects() {}

  /**
   * Objects by name.
   *
   * @param directory for sources and objects; the caller removes it
   */
  public static Map<String, Path> compile(Path directory) throws IOException {
    Map<String, Path> objects = new LinkedHashMap<>();
    for (String name : NAMES) {
      Path source = directory.resolve(name + ".bpf.c");
      try (InputStream text =
          Objects.requireNonNull(
              RealObjects.class.getResourceAsStream("/bpf/" + name + ".bpf.c"))) {
        Files.write(source, text.readAllBytes());
      }
      objects.put(name, BpfCompiler.compile(source, directory.resolve(name + ".o")));
    }
    return objects;
  }
}
