package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts one bundle's reference into a catalog, and renders what the catalog says of that bundle anew
 * when the bundle itself is given. Other bundles of the catalog stay as they are.
 */
public final class CatalogUpdate {
  private final YamlFile index;
  private final CatalogRequest request;

  private CatalogUpdate(YamlFile index, CatalogRequest request) {
    this.index = index;
    this.request = request;
  }

  /**
   * Nothing is changed but the bundle.
   *
   * @throws UnusableInputException when it is not clear which bundle is meant, or an image was
   *     found nowhere
   */
  public static Updated apply(YamlFile index, CatalogRequest request) {
    return new CatalogUpdate(index, request).run();
  }

  private Updated run() {
    YamlValue blob = blob();
    Map<Operand, ImageReference> images = new EnumMap<>(Operand.class);
    if (request.operator() != null) {
      images.put(Operand.OPERATOR, request.operator());
    }
    Matches matches = new Matches(index, images);
    YamlValue image = blob.get("image").orElseThrow(() -> blob.refused("has no image"));
    String before = image.text().orElse("");
    matches.set(image, request.image().toString());
    if (request.bundle() == null) {
      references(matches, blob, before);
    } else {
      render(matches, blob, request.bundle());
    }
    return matches.finish("the olm.bundle names no containerImage; give --bundle-dir");
  }

  private YamlValue blob() {
    List<YamlValue> all = Catalog.of(List.of(index)).bundles();
    List<String> names = all.stream().map(bundle -> bundle.text("name")).toList();
    String wanted = wantedName();
    List<YamlValue> fitting =
        all.stream()
            .filter(b -> wanted.isEmpty() ? inRepository(b) : b.text("name").equals(wanted))
            .toList();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    String what = wanted.isEmpty() ? "of " + request.image().repository() : "\"" + wanted + "\"";
    throw new UnusableInputException(
        Place.of(index.name()),
        "has %d olm.bundle %s; it has %s; name one with --bundle-name or give --bundle-dir"
            .formatted(fitting.size(), what, names));
  }

  private String wantedName() {
    Bundle bundle = request.bundle();
    if (bundle == null) {
      return request.name();
    }
    String name = bundle.csv().name();
    if (!request.name().isEmpty() && !request.name().equals(name)) {
      throw new UnusableInputException(
          bundle.csv().root().place(),
          "is named \"%s\", not \"%s\" as --bundle-name says".formatted(name, request.name()));
    }
    return name;
  }

  private boolean inRepository(YamlValue bundle) {
    return sameRepository(bundle.text("image"), request.image());
  }

  private void references(Matches matches, YamlValue blob, String before) {
    Optional<YamlValue> operator = Catalog.containerImage(blob);
    String operatorBefore = operator.flatMap(YamlValue::text).orElse("");
    operator.ifPresent(value -> matches.image(Operand.OPERATOR, value));
    for (YamlValue related : blob.items("relatedImages")) {
      Optional<YamlValue> image = related.get("image");
      String text = related.text("image");
      if (image.isPresent() && text.equals(before)) {
        matches.set(image.get(), request.image().toString());
      } else if (image.isPresent() && !text.isEmpty() && text.equals(operatorBefore)) {
        matches.image(Operand.OPERATOR, image.get());
      }
    }
  }

  private void render(Matches matches, YamlValue blob, Bundle bundle) {
    Csv csv = bundle.csv();
    ImageReference operator = request.operator();
    if (operator != null) {
      YamlValue named =
          csv.containerImage()
              .orElseThrow(() -> csv.root().refused("has no annotation containerImage"));
      if (!named.text().orElse("").equals(operator.toString())) {
        throw named.refused(
            "names %s, but --operator-pullspec is %s; run update-bundle first"
                .formatted(named.text().orElse(""), operator));
      }
    }
    BundleRenderer renderer = new BundleRenderer(bundle);
    matches.set(list(blob, "properties"), renderer.properties());
    matches.set(list(blob, "relatedImages"), renderer.relatedImages(request.image().toString()));
    if (operator != null) {
      matches.found(Operand.OPERATOR);
    }
  }

  private static YamlValue list(YamlValue blob, String field) {
    return blob.get(field)
        .filter(YamlValue::isList)
        .orElseThrow(
            () ->
                blob.refused(
                    "has no list %s; write \"%s: []\" there once".formatted(field, field)));
  }

  private static boolean sameRepository(String text, ImageReference image) {
    try {
      return ImageReference.parse(text).repository().equals(image.repository());
    } catch (InvalidReferenceException notOne) {
      return false;
    }
  }
}
