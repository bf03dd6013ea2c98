package io.bpfman.nudge.core.generate;

import io.bpfman.nudge.core.yaml.YamlText;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the manifests of a bundle. The same source gives the same bytes. */
public final class BundleGenerator {
  /** First line of every file. */
  static final String HEADER = "# Made by `make bundle`.\n";

  private BundleGenerator() {}

  /**
   * Texts by file name.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when an object has no place in a bundle, a
   *     definition is not described or described in vain, a role or Service is missing, or an image
   *     is used nowhere
   */
  public static SortedMap<String, String> manifests(BundleSource source) {
    InstallObjects objects = new InstallObjects(source.objects());
    SortedMap<String, String> files = new TreeMap<>();
    String name = source.base().text("metadata", "name");
    int end = name.indexOf(".v");
    String packageName = end > 0 ? name.substring(0, end) : name;
    files.put(
        packageName + ".clusterserviceversion.yaml",
        text(new CsvGenerator(source, objects).generate()));
    for (YamlValue definition : objects.definitions()) {
      String file =
          definition.text("spec", "group")
              + "_"
              + definition.text("spec", "names", "plural")
              + ".yaml";
      files.put(file, text(Fields.copy(definition)));
    }
    for (YamlValue object : objects.shipped()) {
      files.put(fileName(object), text(withoutNamespace(object)));
    }
    return files;
  }

  /** Name, group and version, kind; as operator-sdk names them. */
  private static String fileName(YamlValue object) {
    return "%s_%s_%s.yaml"
        .formatted(
            InstallObjects.name(object),
            object.text("apiVersion").replace('/', '_'),
            InstallObjects.kind(object).toLowerCase(Locale.ROOT));
  }

  /** OLM puts objects into the namespace of the installation. */
  private static Map<String, Object> withoutNamespace(YamlValue object) {
    Map<String, Object> metadata = Fields.required(object, "metadata");
    metadata.remove("namespace");
    Map<String, Object> copy = Fields.copy(object);
    copy.put("metadata", metadata);
    return copy;
  }

  private static String text(Map<String, Object> object) {
    return HEADER + YamlText.document(object);
  }
}
