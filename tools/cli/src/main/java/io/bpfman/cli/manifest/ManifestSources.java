package io.bpfman.cli.manifest;

import io.bpfman.api.manifest.ManifestLayout;
import io.bpfman.api.manifest.ManifestReader;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what {@code -f} names: files, directories and standard input. */
final class ManifestSources {
  private static final String STANDARD_INPUT = "-";
  private static final String INPUT_NAME = "standard input";

  private final InputStream input;

  /**
   * @param input read once, for {@code -f -}; not closed
   */
  ManifestSources(InputStream input) {
    this.input = input;
  }

  /**
   * Applications by name in reading order; MANIFEST_INVALID with the problems of all files
   * together.
   */
  Map<String, ClusterBpfApplication> read(List<String> sources) {
    Map<String, ClusterBpfApplication> applications = new LinkedHashMap<>();
    for (HasMetadata resource : readAll(sources, this::applicationsOf).values()) {
      applications.put(resource.getMetadata().getName(), (ClusterBpfApplication) resource);
    }
    return applications;
  }

  /** As {@link #read}, for all kinds, by {@code kind/name} or {@code kind/namespace/name}. */
  Map<String, HasMetadata> readResources(List<String> sources) {
    return readAll(sources, this::resourcesOf);
  }

  private static Map<String, HasMetadata> readAll(
      List<String> sources, Function<String, List<? extends HasMetadata>> reader) {
    Map<String, HasMetadata> resources = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String source : expand(sources)) {
      try {
        for (HasMetadata resource : reader.apply(source)) {
          if (resources.putIfAbsent(key(resource), resource) != null) {
            problems.add(
                "%s: %s is given twice; names are unique".formatted(source, key(resource)));
          }
        }
      } catch (BpfmanException invalid) {
        problems.add(invalid.failure().describe());
      }
    }
    if (!problems.isEmpty()) {
      throw FailureCode.MANIFEST_INVALID.because(
          String.join("\n", problems), "nothing was changed");
    }
    if (resources.isEmpty()) {
      throw FailureCode.MANIFEST_INVALID.because(
          "there is no object in " + String.join(", ", sources), "nothing was changed");
    }
    return resources;
  }

  private static String key(HasMetadata resource) {
    String namespace = resource.getMetadata().getNamespace();
    return resource.getKind().toLowerCase(Locale.ROOT)
        + (namespace == null ? "/" : "/" + namespace + "/")
        + resource.getMetadata().getName();
  }

  private List<ClusterBpfApplication> applicationsOf(String source) {
    return source.equals(STANDARD_INPUT)
        ? ManifestReader.readText(INPUT_NAME, standardInput())
        : ManifestReader.readFile(Path.of(source));
  }

  private List<HasMetadata> resourcesOf(String source) {
    return source.equals(STANDARD_INPUT)
        ? ManifestReader.readResources(INPUT_NAME, standardInput())
        : ManifestReader.readResources(Path.of(source));
  }

  private String standardInput() {
    return ManifestReader.text(INPUT_NAME, input);
  }

  private static List<String> expand(List<String> sources) {
    List<String> files = new ArrayList<>();
    for (String source : sources) {
      Path path = Path.of(source);
      if (!source.equals(STANDARD_INPUT) && Files.isDirectory(path)) {
        files.addAll(manifestsOf(path));
      } else {
        files.add(source);
      }
    }
    return files;
  }

  private static List<String> manifestsOf(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      List<String> files =
          entries.filter(ManifestLayout::isManifest).sorted().map(Path::toString).toList();
      if (files.isEmpty()) {
        throw FailureCode.MANIFEST_INVALID.because(
            "directory %s holds no manifest".formatted(directory),
            "manifests end in " + String.join(", ", ManifestLayout.SUFFIXES));
      }
      return files;
    } catch (IOException unreadable) {
      throw FailureCode.MANIFEST_INVALID.because(
          "cannot read directory " + directory, "", unreadable);
    }
  }
}
