package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bundle directory that was read.
 *
 * @param directory name as the user knows it
 * @param manifests files of {@code manifests/}, by name
 * @param metadata files of {@code metadata/}, by name
 */
public record Bundle(String directory, List<YamlFile> manifests, List<YamlFile> metadata) {
  /** Prefix of the keys of annotations.yaml. */
  public static final String PREFIX = "operators.operatorframework.io.bundle.";

  /**
   * The ClusterServiceVersion.
   *
   * @throws UnusableInputException unless there is exactly one
   */
  public Csv csv() {
    List<YamlFile> files = csvFiles();
    if (files.size() != 1) {
      throw new UnusableInputException(
          Place.of(directory),
          "has %d ClusterServiceVersions in manifests/; a bundle has exactly one"
              .formatted(files.size()));
    }
    return Csv.of(files.getFirst());
  }

  /** Files whose first document is a ClusterServiceVersion. */
  public List<YamlFile> csvFiles() {
    return manifests.stream()
        .filter(f -> !f.documents().isEmpty())
        .filter(f -> f.documents().getFirst().text("kind").equals(Csv.KIND))
        .toList();
  }

  /** First documents of the manifests. */
  public Stream<YamlValue> objects() {
    return manifests.stream()
        .filter(file -> !file.documents().isEmpty())
        .map(file -> file.documents().getFirst());
  }

  /** The annotations; found by content, as other readers do. */
  public Optional<YamlValue> annotations() {
    return metadata("annotations").filter(YamlValue::isObject);
  }

  /** One of the annotations, named without prefix, such as {@code package.v1}. */
  public Optional<YamlValue> annotation(String name) {
    return annotations().flatMap(all -> all.get(PREFIX + name));
  }

  /** What the bundle needs. */
  public List<YamlValue> dependencies() {
    return metadata("dependencies").map(YamlValue::items).orElse(List.of());
  }

  /**
   * The package.
   *
   * @throws UnusableInputException when annotations.yaml does not name it
   */
  public String packageName() {
    return annotation("package.v1")
        .flatMap(YamlValue::text)
        .orElseThrow(
            () ->
                new UnusableInputException(
                    Place.of(directory), "has no annotation " + PREFIX + "package.v1"));
  }

  private Optional<YamlValue> metadata(String key) {
    return metadata.stream()
        .flatMap(file -> file.documents().stream().limit(1))
        .flatMap(document -> document.get(key).stream())
        .findFirst();
  }
}
