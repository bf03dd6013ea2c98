package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts image references into a ClusterServiceVersion. The operator's containers are the named ones;
 * without names those whose image is the annotation {@code containerImage}, or is in the repository
 * of the new reference. The other images are found by environment variable; all by relatedImages.
 */
public final class BundleUpdate {
  private final Csv csv;
  private final BundleRequest request;
  private final Matches matches;

  private BundleUpdate(YamlFile file, BundleRequest request) {
    this.csv = Csv.of(file);
    this.request = request;
    this.matches = new Matches(file, request.images());
  }

  /**
   * Nothing is changed but the values found.
   *
   * @throws UnusableInputException when an image of the request was found nowhere
   */
  public static Updated apply(YamlFile file, BundleRequest request) {
    return new BundleUpdate(file, request).run();
  }

  private Updated run() {
    if (csv.deployments().isEmpty()) {
      throw csv.root().refused("has no spec.install.spec.deployments, so there is no container");
    }
    operator();
    csv.containers().forEach(this::variables);
    csv.relatedImages().forEach(this::related);
    if (!request.version().isEmpty()) {
      version();
    }
    return matches.finish("its containers are " + containers());
  }

  private void operator() {
    ImageReference image = request.images().get(Operand.OPERATOR);
    if (image == null) {
      return;
    }
    String annotated = csv.containerImage().flatMap(YamlValue::text).orElse("");
    List<YamlValue> own =
        csv.containers().stream().filter(c -> isOperator(c, annotated, image)).toList();
    refuseUnknownNames();
    if (own.isEmpty()) {
      return;
    }
    own.forEach(container -> matches.image(Operand.OPERATOR, imageOf(container)));
    csv.containerImage().ifPresent(value -> matches.image(Operand.OPERATOR, value));
  }

  private boolean isOperator(YamlValue container, String annotated, ImageReference image) {
    if (!request.containers().isEmpty()) {
      return request.containers().contains(container.text("name"));
    }
    String present = container.text("image");
    return !present.isEmpty()
        && (present.equals(annotated) || sameRepository(present, image.repository()));
  }

  private void refuseUnknownNames() {
    for (String name : request.containers()) {
      if (csv.containers().stream().noneMatch(c -> c.text("name").equals(name))) {
        throw csv.root()
            .refused("has no container \"%s\"; there are %s".formatted(name, containers()));
      }
    }
  }

  private static YamlValue imageOf(YamlValue container) {
    return container.get("image").orElseThrow(() -> container.refused("has no image"));
  }

  private void variables(YamlValue container) {
    for (YamlValue variable : container.items("env")) {
      for (Operand operand : request.images().keySet()) {
        if (operand.variables().contains(variable.text("name"))) {
          YamlValue value =
              variable
                  .get("value")
                  .orElseThrow(() -> variable.refused("has no value that could be set"));
          matches.image(operand, value);
        }
      }
    }
  }

  private void related(YamlValue entry) {
    String image = entry.text("image");
    Optional<Operand> operand =
        request.images().entrySet().stream()
            .filter(e -> e.getKey().component().equals(entry.text("name")))
            .map(Map.Entry::getKey)
            .findFirst()
            .or(() -> matches.operandOf(image));
    operand.ifPresent(
        known ->
            matches.image(
                known, entry.get("image").orElseThrow(() -> entry.refused("has no image"))));
  }

  private void version() {
    YamlValue version =
        csv.root()
            .get("spec", "version")
            .orElseThrow(() -> csv.root().refused("has no spec.version"));
    YamlValue name =
        csv.root()
            .get("metadata", "name")
            .orElseThrow(() -> csv.root().refused("has no metadata.name"));
    int end = csv.name().indexOf(".v");
    if (end <= 0) {
      throw name.refused("\"%s\" is not of the form package.vVERSION".formatted(csv.name()));
    }
    matches.set(version, request.version());
    matches.set(name, csv.name().substring(0, end) + ".v" + request.version());
  }

  private String containers() {
    return csv.containers().stream()
        .map(c -> "%s (%s)".formatted(c.text("name"), c.text("image")))
        .collect(Collectors.joining(", "));
  }

  private static boolean sameRepository(String text, String repository) {
    try {
      return ImageReference.parse(text).repository().equals(repository);
    } catch (InvalidReferenceException notOne) {
      return false;
    }
  }
}
