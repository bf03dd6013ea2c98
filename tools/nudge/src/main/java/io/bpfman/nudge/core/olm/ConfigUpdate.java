package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Map;

/** Puts image references into every ConfigMap and Config object of a file. */
public final class ConfigUpdate {
  private ConfigUpdate() {}

  /**
   * Nothing is changed but the values found.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when an image was found nowhere
   */
  public static Updated apply(YamlFile file, Map<Operand, ImageReference> images) {
    Matches matches = new Matches(file, images);
    for (YamlValue document : file.documents()) {
      for (Operand operand : images.keySet()) {
        switch (document.text("kind")) {
          case "ConfigMap" -> configMap(matches, document, operand);
          case "Config" -> config(matches, document, operand);
          default -> {}
        }
      }
    }
    return matches.finish(
        "expected a ConfigMap with the key, or a Config with the field, of each image");
  }

  private static void configMap(Matches matches, YamlValue document, Operand operand) {
    if (!operand.key().isEmpty()) {
      document.get("data", operand.key()).ifPresent(value -> matches.image(operand, value));
    }
  }

  private static void config(Matches matches, YamlValue document, Operand operand) {
    if (!operand.field().isEmpty()) {
      document
          .get(operand.field().toArray(new String[0]))
          .ifPresent(value -> matches.image(operand, value));
    }
  }
}
