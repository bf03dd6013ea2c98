package io.bpfman.demo;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sample programs and manifests of k8s/samples. */
final class Samples {
  /** Where the sample manifests look for their objects. */
  private static final String OBJECTS = "/run/bpfman-samples/";

  /** Program to the map that it counts in: the first eight bytes of each value are the count. */
  private static final Map<String, String> COUNTERS =
      Map.of(
          "xdp_counter", "packets",
          "tcx_first", "first_packets",
          "tcx_second", "second_packets",
          "tracepoint_counter", "executions",
          "uprobe_counter", "calls");

  private final Path directory;

  Samples(Path directory) {
    this.directory = directory;
  }

  static Map<String, String> counters() {
    return COUNTERS;
  }

  /** Compiles all of them at once and answers how many. START_REFUSED with the compiler's words. */
  int compile(Path objects) throws IOException {
    List<Path> sources = files(".c");
    List<Process> compilers = new ArrayList<>();
    for (Path source : sources) {
      compilers.add(compiler(source, objects).start());
    }
    for (int index = 0; index < sources.size(); index++) {
      awaitCompiler(sources.get(index), compilers.get(index));
    }
    return sources.size();
  }

  /** Copies the manifests so that they name {@code objects}; answers how many. */
  int copyManifests(Path objects, Path target) throws IOException {
    List<Path> manifests = files(".yaml");
    for (Path manifest : manifests) {
      String text = Files.readString(manifest).replace(OBJECTS, objects + "/");
      Files.writeString(target.resolve(manifest.getFileName()), text);
    }
    return manifests.size();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> files = entries.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
      if (files.isEmpty()) {
        throw FailureCode.START_REFUSED.because(
            "no %s file in %s".formatted(suffix, directory), "--samples names their directory");
      }
      return files;
    }
  }

  private static ProcessBuilder compiler(Path source, Path objects) {
    String name = source.getFileName().toString().replaceFirst("\\.c$", ".o");
    return new ProcessBuilder(
            "clang",
            "-O2",
            "-g",
            "-target",
            "bpf",
            "-I/usr/include/"
                + System.getProperty("os.arch").replace("amd64", "x86_64")
                + "-linux-gnu",
            "-c",
            source.toString(),
            "-o",
            objects.resolve(name).toString())
        .redirectErrorStream(true);
  }

  private static void awaitCompiler(Path source, Process compiler) throws IOException {
    try {
      String words =
          new String(
              compiler.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (compiler.waitFor() != 0) {
        throw FailureCode.START_REFUSED.because(
            "%s does not compile:\n%s".formatted(source, words.strip()),
            "clang, libbpf-dev and the kernel's headers (linux-libc-dev) must be there");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StopSignal.StoppedException();
    }
  }
}
