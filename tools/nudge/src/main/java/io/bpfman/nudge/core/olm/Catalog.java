package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.List;
import java.util.Optional;

/**
 * A file-based catalog that was read.
 *
 * @param objects documents of all files that have a schema
 */
public record Catalog(List<YamlValue> objects) {
  /** Documents of {@code files}. */
  public static Catalog of(List<YamlFile> files) {
    return new Catalog(files.stream().flatMap(file -> file.documents().stream()).toList());
  }

  /** Objects of one schema, such as {@code olm.bundle}. */
  public List<YamlValue> all(String schema) {
    return objects.stream().filter(o -> o.text("schema").equals(schema)).toList();
  }

  /** The bundles. */
  public List<YamlValue> bundles() {
    return all("olm.bundle");
  }

  /** What a bundle's metadata says of the operator's image. */
  public static Optional<YamlValue> containerImage(YamlValue bundle) {
    return property(bundle, "olm.csv.metadata")
        .flatMap(value -> value.get("annotations", "containerImage"));
  }

  /** Value of the first property of a type. */
  public static Optional<YamlValue> property(YamlValue bundle, String type) {
    return bundle.items("properties").stream()
        .filter(property -> property.text("type").equals(type))
        .findFirst()
        .flatMap(property -> property.get("value"));
  }
}
