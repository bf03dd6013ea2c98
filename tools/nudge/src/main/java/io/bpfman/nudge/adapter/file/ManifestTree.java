package io.bpfman.nudge.adapter.file;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Manifests as kustomizations list them. Lists of files are followed; a kustomization that changes
 * what it lists is refused, for nothing may be left out unnoticed.
 */
public final class ManifestTree {
  private static final List<String> NAMES =
      List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
  private static final Set<String> LISTS = Set.of("resources", "components");

  /** OLM puts objects into the namespace that it installs into. */
  private static final Set<String> PASSED_OVER = Set.of("apiVersion", "kind", "namespace");

  private final Set<Path> seen = new HashSet<>();
  private final List<YamlValue> objects = new ArrayList<>();

  private ManifestTree() {}

  /**
   * Objects of files, and of directories with a kustomization.
   *
   * @throws UnusableInputException when one does not parse, is listed twice, or changes the others
   */
  public static List<YamlValue> read(List<Path> paths) {
    ManifestTree tree = new ManifestTree();
    paths.forEach(tree::add);
    return tree.objects;
  }

  private void add(Path given) {
    Path path = given.normalize();
    if (!seen.add(path)) {
      throw new UnusableInputException(Place.of(path.toString()), "is listed twice");
    }
    if (!Files.isDirectory(path)) {
      objects.addAll(BundleFiles.yaml(path).documents());
      return;
    }
    Path file =
        NAMES.stream()
            .map(path::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new UnusableInputException(Place.of(path.toString()), "has none of " + NAMES));
    BundleFiles.yaml(file).documents().forEach(kustomization -> follow(path, kustomization));
  }

  private void follow(Path directory, YamlValue kustomization) {
    kustomization
        .fields()
        .forEach(
            (name, value) -> {
              if (LISTS.contains(name)) {
                value.items().forEach(item -> add(directory.resolve(item.text().orElse(""))));
              } else if (!PASSED_OVER.contains(name)) {
                throw value.refused(
                    "is not applied here; give a directory that only lists, or rendered manifests");
              }
            });
  }
}
