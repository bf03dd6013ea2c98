package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bundle directory that was read.
 *
 * @param directory name as the user knows it
 * @param manifests files of {@code manifests/}, by name
 * @param metadata files of {@code metadata/}, by name
 * @param scorecard files of {@code tests/scorecard/}, by name; they may be missing
 * @param strays entries of {@code manifests/} that are no visible YAML or JSON files
 */
public record Bundle(
    String directory,
    List<YamlFile> manifests,
    List<YamlFile> metadata,
    List<YamlFile> scorecard,
    List<String> strays) {
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

  /** First documents of the manifests that are of one kind. */
  public Stream<YamlValue> objects(String kind) {
    return objects().filter(object -> object.text("kind").equals(kind));
  }

  /** Images of an operand in ConfigMaps. */
  public List<YamlValue> configured(Operand operand) {
    return operand.key().isEmpty()
        ? List.of()
        : objects("ConfigMap").flatMap(map -> map.get("data", operand.key()).stream()).toList();
  }

  /** Every image that the operator or its operands run: containers, variables, ConfigMaps. */
  public List<YamlValue> images() {
    List<YamlValue> images = new ArrayList<>();
    for (YamlValue container : csv().containers()) {
      container.get("image").ifPresent(images::add);
      for (YamlValue variable : container.items("env")) {
        if (Operand.isImage(variable.text("name"))) {
          variable.get("value").ifPresent(images::add);
        }
      }
    }
    Arrays.stream(Operand.values()).forEach(operand -> images.addAll(configured(operand)));
    return List.copyOf(images);
  }

  /** Channels of the annotations, in their order; none when the annotation is missing or empty. */
  public List<String> channels() {
    String text = annotation("channels.v1").flatMap(YamlValue::text).orElse("");
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
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
