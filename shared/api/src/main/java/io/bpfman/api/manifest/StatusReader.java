package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * Reads back what the operator wrote beside the manifests. A directory or file that is not there
 * counts as empty; one that cannot be read throws {@link FailureCode#MANIFEST_INVALID}. Blocks on
 * file access.
 */
public final class StatusReader {
  private StatusReader() {}

  /**
   * Applications with status, ordered by name; those that the operator has not seen yet are
   * missing.
   */
  public static List<ClusterBpfApplication> applications(Path directory) {
    return readAll(ManifestLayout.applicationStatuses(directory), ClusterBpfApplication.class);
  }

  /** States of all applications on all nodes, ordered by name. */
  public static List<ClusterBpfApplicationState> states(Path directory) {
    return readAll(ManifestLayout.states(directory), ClusterBpfApplicationState.class);
  }

  /** What the operator found wrong with the manifests. */
  public static List<ManifestProblem> problems(Path directory) {
    return read(ManifestLayout.problems(directory), ManifestProblems.class)
        .map(ManifestProblems::problems)
        .orElse(List.of());
  }

  private static <T> List<T> readAll(Path directory, Class<T> type) {
    List<T> objects = new ArrayList<>();
    for (Path file : files(directory)) {
      read(file, type).ifPresent(objects::add);
    }
    return objects;
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(ManifestLayout::isManifest).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw FailureCode.MANIFEST_INVALID.because(directory + ": cannot be listed", "", e);
    }
  }

  private static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Optional.of(YamlMappers.PLAIN.readValue(Files.readString(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      throw FailureCode.MANIFEST_INVALID.because(
          file + ": is not what the operator writes", "remove it; the operator writes it again", e);
    }
  }
}
