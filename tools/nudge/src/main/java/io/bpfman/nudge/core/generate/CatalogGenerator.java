package io.bpfman.nudge.core.generate;

import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.BundleRenderer;
import io.bpfman.nudge.core.yaml.YamlText;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a file-based catalog of a template of schema {@code olm.template.basic}. */
public final class CatalogGenerator {
  private static final String HEADER = "# Made by `make catalog`.\n";

  private final Bundle bundle;
  private final ImageReference image;
  private int rendered;

  private CatalogGenerator(Bundle bundle, ImageReference image) {
    this.bundle = bundle;
    this.image = image;
  }

  /**
   * The template's entries in their order. An olm.bundle without properties becomes {@code bundle}
   * with {@code image}; one with properties, a released one, stays. The package gets the bundle's
   * icon.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when the template is none, or does not ask
   *     for exactly this bundle once
   */
  public static String catalog(YamlValue template, Bundle bundle, ImageReference image) {
    if (!template.text("schema").equals("olm.template.basic")) {
      throw template.refused("is no template: its schema is not olm.template.basic");
    }
    CatalogGenerator generator = new CatalogGenerator(bundle, image);
    List<Map<String, Object>> objects = new ArrayList<>();
    template.items("entries").forEach(entry -> objects.add(generator.entry(entry)));
    if (generator.rendered != 1) {
      throw template.refused(
          "has %d olm.bundle without properties; expected one, the bundle of this tree"
              .formatted(generator.rendered));
    }
    return HEADER + YamlText.stream(objects);
  }

  private Map<String, Object> entry(YamlValue entry) {
    return switch (entry.text("schema")) {
      case "olm.bundle" -> entry.get("properties").isPresent() ? same(entry) : render(entry);
      case "olm.package" -> withIcon(entry);
      default -> same(entry);
    };
  }

  private static Map<String, Object> same(YamlValue entry) {
    return Fields.copy(entry);
  }

  private Map<String, Object> withIcon(YamlValue entry) {
    Map<String, Object> copy = same(entry);
    bundle.csv().root().items("spec", "icon").stream()
        .findFirst()
        .ifPresent(
            icon -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("base64data", icon.text("base64data"));
              fields.put("mediatype", icon.text("mediatype"));
              copy.put("icon", fields);
            });
    return copy;
  }

  private Map<String, Object> render(YamlValue entry) {
    requireRepository(entry);
    rendered++;
    BundleRenderer renderer = new BundleRenderer(bundle);
    Map<String, Object> blob = new LinkedHashMap<>();
    blob.put("schema", "olm.bundle");
    blob.put("name", bundle.csv().name());
    blob.put("package", bundle.packageName());
    blob.put("image", image.toString());
    blob.put("properties", renderer.properties());
    blob.put("relatedImages", renderer.relatedImages(image.toString()));
    return blob;
  }

  private void requireRepository(YamlValue entry) {
    try {
      String repository = ImageReference.parse(entry.text("image")).repository();
      if (!repository.equals(image.repository())) {
        throw entry.refused(
            "is of %s, but the bundle of this tree is %s; give a released bundle its properties"
                .formatted(repository, image.repository()));
      }
    } catch (InvalidReferenceException e) {
      throw entry.refused("has no usable image: " + e.getMessage());
    }
  }
}
