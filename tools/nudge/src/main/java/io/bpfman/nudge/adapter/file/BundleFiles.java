package io.bpfman.nudge.adapter.file;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.nudge.Components;
import io.bpfman.nudge.core.nudge.NudgeFile;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads directories of YAML and of nudge files. */
public final class BundleFiles {
  /** Name of the file that declares the components, in the directory of the nudge files. */
  public static final String COMPONENTS = "components.yaml";

  private BundleFiles() {}

  /** A file read as YAML. */
  public static YamlFile yaml(Path file) {
    return YamlFile.parse(file.toString(), TextFiles.read(file));
  }

  /**
   * A bundle directory.
   *
   * @throws UnusableInputException when {@code manifests} or {@code metadata} is missing, or a file
   *     does not parse
   */
  public static Bundle bundle(Path directory) {
    Path manifests = directory.resolve("manifests");
    Path scorecard = directory.resolve("tests/scorecard");
    return new Bundle(
        directory.toString(),
        all(manifests),
        all(directory.resolve("metadata")),
        Files.isDirectory(scorecard) ? all(scorecard) : List.of(),
        list(manifests).stream().filter(file -> !isManifest(file)).map(Path::toString).toList());
  }

  /**
   * Files of a catalog, by path: every file, as {@code opm} reads them. With {@code .indexignore},
   * which leaves some out, YAML and JSON only.
   */
  public static List<YamlFile> catalog(Path directory) {
    boolean all = !Files.exists(directory.resolve(".indexignore"));
    List<YamlFile> files = new ArrayList<>();
    for (Path file : list(directory)) {
      if (Files.isDirectory(file)) {
        files.addAll(catalog(file));
      } else if (all || isManifest(file)) {
        files.add(yaml(file));
      }
    }
    return files;
  }

  private static boolean isManifest(Path file) {
    return Files.isRegularFile(file) && name(file).matches("[^.].*\\.(?:ya?ml|json)");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** YAML and JSON files below a directory, by name. */
  public static List<YamlFile> all(Path directory) {
    return list(directory).stream().filter(BundleFiles::isManifest).map(BundleFiles::yaml).toList();
  }

  /** Every nudge file of a directory, by name. */
  public static List<Path> nudgeFiles(Path directory) {
    return list(directory).stream().filter(f -> f.toString().endsWith(".txt")).toList();
  }

  /** One nudge file. */
  public static NudgeFile nudgeFile(Path file) {
    return NudgeFile.parse(file.toString(), TextFiles.read(file));
  }

  /** Components that {@code directory} declares; none when it has no such file. */
  public static List<Component> components(Path directory) {
    Path file = directory.resolve(COMPONENTS);
    return Files.exists(file) ? Components.read(yaml(file)) : List.of();
  }

  /** Entries of a directory, by name. */
  public static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      String why = Files.exists(directory) ? "is no directory" : "does not exist";
      throw new UnusableInputException(Place.of(directory.toString()), why, e);
    }
  }
}
