package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ClusterServiceVersion: where its parts are. */
public final class Csv {
  /** Kind of the object. */
  public static final String KIND = "ClusterServiceVersion";

  private final YamlValue root;

  private Csv(YamlValue root) {
    this.root = root;
  }

  /**
   * The only document of {@code file}, which is all that tools read of a bundle's manifest.
   *
   * @throws UnusableInputException when there are several documents or another kind
   */
  public static Csv of(YamlFile file) {
    if (file.documents().isEmpty()) {
      throw new UnusableInputException(
          Place.of(file.name()), "is empty; expected a ClusterServiceVersion");
    }
    if (file.documents().size() > 1) {
      throw file.documents()
          .get(1)
          .refused(
              "is a second document; readers of bundles take the first only, so split the file");
    }
    YamlValue root = file.documents().getFirst();
    if (!root.text("kind").equals(KIND)) {
      throw root.refused(
          "is of kind \"%s\"; expected ClusterServiceVersion".formatted(root.text("kind")));
    }
    return new Csv(root);
  }

  /** The whole object. */
  public YamlValue root() {
    return root;
  }

  /** {@code metadata.name}; empty when missing. */
  public String name() {
    return root.text("metadata", "name");
  }

  /** {@code spec.version}; empty when missing. */
  public String version() {
    return root.text("spec", "version");
  }

  /** {@code spec.release}, the same version packed again; empty when missing. */
  public String release() {
    return root.text("spec", "release");
  }

  /** Custom resource definitions that the operator owns. */
  public List<YamlValue> owned() {
    return root.items("spec", "customresourcedefinitions", "owned");
  }

  /** Group of an entry of {@link #owned}, whose name is {@code plural.group}. */
  public static String group(YamlValue owned) {
    String name = owned.text("name");
    return name.substring(name.indexOf('.') + 1);
  }

  /** All annotations. */
  public Map<String, YamlValue> annotations() {
    return root.fields("metadata", "annotations");
  }

  /** One of the annotations. */
  public Optional<YamlValue> annotation(String name) {
    return root.get("metadata", "annotations", name);
  }

  /** The annotation that names the operator's image. */
  public Optional<YamlValue> containerImage() {
    return annotation("containerImage");
  }

  /** Deployments of the install strategy. */
  public List<YamlValue> deployments() {
    return root.items("spec", "install", "spec", "deployments");
  }

  /** Containers and init containers of all deployments. */
  public List<YamlValue> containers() {
    List<YamlValue> all = new ArrayList<>();
    for (YamlValue deployment : deployments()) {
      all.addAll(deployment.items("spec", "template", "spec", "initContainers"));
      all.addAll(deployment.items("spec", "template", "spec", "containers"));
    }
    return all;
  }

  /** Entries of {@code spec.relatedImages}. */
  public List<YamlValue> relatedImages() {
    return root.items("spec", "relatedImages");
  }
}
