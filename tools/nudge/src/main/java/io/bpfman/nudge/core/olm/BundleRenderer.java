package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a catalog says of a bundle, derived from the bundle as {@code opm render} does. */
public final class BundleRenderer {
  private static final List<String> CSV_FIELDS =
      List.of(
          "description",
          "displayName",
          "installModes",
          "keywords",
          "labels",
          "links",
          "maintainers",
          "maturity",
          "minKubeVersion",
          "nativeAPIs");

  private final Bundle bundle;
  private final Csv csv;

  public BundleRenderer(Bundle bundle) {
    this.bundle = bundle;
    this.csv = bundle.csv();
  }

  /** Sorted by type, then value; the metadata of the ClusterServiceVersion comes last. */
  public List<Object> properties() {
    List<Map<String, Object>> all = new ArrayList<>();
    crds("owned").forEach(crd -> all.add(property("olm.gvk", gvk(crd))));
    crds("required").forEach(crd -> all.add(property("olm.gvk.required", gvk(crd))));
    bundle.dependencies().forEach(dependency -> all.add(dependency(dependency)));
    all.add(property("olm.package", packageValue()));
    all.sort(
        Comparator.comparing((Map<String, Object> p) -> String.valueOf(p.get("type")))
            .thenComparing(p -> String.valueOf(p.get("value"))));
    all.add(property("olm.csv.metadata", metadata()));
    return List.copyOf(all);
  }

  private Map<String, Object> packageValue() {
    Map<String, Object> value = new TreeMap<>();
    value.put("packageName", bundle.packageName());
    value.put("version", csv.version());
    if (!csv.release().isEmpty()) {
      value.put("release", csv.release());
    }
    return value;
  }

  /** Every image that is needed, with the bundle itself, sorted by image. */
  public List<Object> relatedImages(String bundleImage) {
    Map<String, String> names = new HashMap<>();
    names.put(bundleImage, "");
    csv.containers().forEach(container -> names.put(container.text("image"), ""));
    csv.relatedImages().forEach(image -> names.put(image.text("image"), image.text("name")));
    names.remove("");
    List<Object> images = new ArrayList<>();
    new TreeMap<>(names)
        .forEach(
            (image, name) ->
                images.add(new TreeMap<String, Object>(Map.of("image", image, "name", name))));
    return images;
  }

  private List<YamlValue> crds(String which) {
    return csv.root().items("spec", "customresourcedefinitions", which);
  }

  private static Map<String, Object> gvk(YamlValue crd) {
    return new TreeMap<>(
        Map.of("group", Csv.group(crd), "kind", crd.text("kind"), "version", crd.text("version")));
  }

  private static Map<String, Object> dependency(YamlValue dependency) {
    String type = dependency.text("type");
    YamlValue value = dependency.get("value").orElseThrow(() -> dependency.refused("has no value"));
    return switch (type) {
      case "olm.package" ->
          property(
              "olm.package.required",
              new TreeMap<>(
                  Map.of(
                      "packageName",
                      value.text("packageName"),
                      "versionRange",
                      value.text("version"))));
      case "olm.gvk" -> property("olm.gvk.required", sorted(value.plain()));
      default -> property(type, sorted(value.plain()));
    };
  }

  private Map<String, Object> metadata() {
    Map<String, Object> metadata = new TreeMap<>();
    csv.root()
        .get("metadata", "annotations")
        .ifPresent(value -> metadata.put("annotations", sorted(value.plain())));
    csv.root()
        .get("metadata", "labels")
        .ifPresent(value -> metadata.put("labels", sorted(value.plain())));
    for (String field : CSV_FIELDS) {
      csv.root().get("spec", field).ifPresent(v -> metadata.put(field, sorted(v.plain())));
    }
    metadata.put("apiServiceDefinitions", field("apiservicedefinitions"));
    metadata.put("crdDescriptions", field("customresourcedefinitions"));
    metadata.put("provider", field("provider"));
    return metadata;
  }

  private Object field(String name) {
    return csv.root().get("spec", name).map(value -> sorted(value.plain())).orElse(Map.of());
  }

  private static Map<String, Object> property(String type, Object value) {
    return new TreeMap<>(Map.of("type", type, "value", value));
  }

  private static Object sorted(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> copy = new TreeMap<>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), sorted(item)));
        yield copy;
      }
      case List<?> list -> list.stream().map(BundleRenderer::sorted).toList();
      default -> value;
    };
  }
}
