package io.bpfman.api.manifest;

import java.nio.file.Path;
import java.util.List;

/** Where things are in a manifest directory. Pure. */
public final class ManifestLayout {
  private ManifestLayout() {}

  /** What names of manifests end in; the files that kubectl takes from a directory. */
  public static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

  /** Whether the operator reads a file of this name: one of {@link #SUFFIXES}, not hidden. */
  public static boolean isManifest(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".") && SUFFIXES.stream().anyMatch(name::endsWith);
  }

  /** Manifest that a tool writes for an application that has no file yet. */
  public static Path manifest(Path directory, String application) {
    return directory.resolve(application + ".yaml");
  }

  /** Written by the operator, read by everybody else. */
  public static Path status(Path directory) {
    return directory.resolve(".status");
  }

  public static Path applicationStatuses(Path directory) {
    return status(directory).resolve("clusterbpfapplications");
  }

  /** The application with its status. */
  public static Path applicationStatus(Path directory, String application) {
    return applicationStatuses(directory).resolve(application + ".yaml");
  }

  public static Path states(Path directory) {
    return status(directory).resolve("clusterbpfapplicationstates");
  }

  /**
   * State of one application on one node.
   *
   * @param name of the ClusterBpfApplicationState
   */
  public static Path state(Path directory, String name) {
    return states(directory).resolve(name + ".yaml");
  }

  /** What is wrong with the manifests; absent while nothing is. */
  public static Path problems(Path directory) {
    return status(directory).resolve("problems.yaml");
  }
}
