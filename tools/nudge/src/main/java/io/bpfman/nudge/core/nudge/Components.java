package io.bpfman.nudge.core.nudge;

import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the objects that are the cluster's side of nudging: Component (build-nudges-ref and image),
 * NudgeConfig (edges) and ReleasePlanAdmission (repositories of releases). Other kinds are refused.
 */
public final class Components {
  private final Map<String, YamlValue> declared = new LinkedHashMap<>();
  private final Map<String, Set<String>> nudges = new LinkedHashMap<>();
  private final Map<String, Set<String>> releases = new LinkedHashMap<>();

  private Components() {}

  /** Components in the order of the file. */
  public static List<Component> read(YamlFile file) {
    Components reader = new Components();
    file.documents().forEach(reader::document);
    return reader.declared.values().stream().map(reader::component).toList();
  }

  private void document(YamlValue document) {
    switch (document.text("kind")) {
      case "Component" -> component(name(document), document);
      case "NudgeConfig" -> document.items("spec", "nudges").forEach(this::edge);
      case "ReleasePlanAdmission" ->
          document.items("spec", "data", "mapping", "components").forEach(this::release);
      default ->
          throw document.refused(
              "is of kind \"%s\"; expected Component, NudgeConfig or ReleasePlanAdmission"
                  .formatted(document.text("kind")));
    }
  }

  private void component(String name, YamlValue document) {
    if (name.isEmpty()) {
      throw document.refused("has no spec.componentName");
    }
    YamlValue before = declared.put(name, document);
    if (before != null) {
      throw document.refused(
          "declares \"%s\", which is in line %d already".formatted(name, before.place().line()));
    }
    for (YamlValue target : document.items("spec", "build-nudges-ref")) {
      nudges(name).add(target.text().orElse(""));
    }
  }

  private void edge(YamlValue edge) {
    if (edge.text("from").isEmpty() || edge.text("to").isEmpty()) {
      throw edge.refused("needs from and to");
    }
    nudges(edge.text("from")).add(edge.text("to"));
  }

  private void release(YamlValue mapping) {
    Set<String> urls = releases.computeIfAbsent(mapping.text("name"), key -> new LinkedHashSet<>());
    mapping.items("repositories").forEach(repository -> urls.addAll(urls(repository)));
  }

  /** Names under which images of Red Hat's release registry are also known. */
  private static List<String> urls(YamlValue repository) {
    String url = repository.text("url");
    List<String> all = new ArrayList<>(List.of(url));
    alias(url, "quay.io/redhat-prod/", "registry.redhat.io/").ifPresent(all::add);
    alias(url, "quay.io/redhat-pending/", "registry.stage.redhat.io/").ifPresent(all::add);
    return all;
  }

  private static Optional<String> alias(String url, String prefix, String registry) {
    return url.startsWith(prefix)
        ? Optional.of(registry + url.substring(prefix.length()).replace("----", "/"))
        : Optional.empty();
  }

  private Set<String> nudges(String name) {
    return nudges.computeIfAbsent(name, key -> new LinkedHashSet<>());
  }

  private Component component(YamlValue document) {
    String name = name(document);
    Set<String> repositories = new LinkedHashSet<>();
    String image = document.text("spec", "containerImage");
    if (!image.isEmpty()) {
      repositories.add(withoutTag(image));
    }
    repositories.addAll(releases.getOrDefault(name, Set.of()));
    return new Component(
        name,
        document.place(),
        List.copyOf(repositories),
        List.copyOf(nudges.getOrDefault(name, Set.of())));
  }

  private static String name(YamlValue document) {
    String name = document.text("spec", "componentName");
    return name.isEmpty() ? document.text("metadata", "name") : name;
  }

  /** Repository of an image whose tag may be a variable of Pipelines-as-Code. */
  static String withoutTag(String image) {
    int at = image.indexOf('@');
    String rest = at < 0 ? image : image.substring(0, at);
    int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    return colon < 0 ? rest : rest.substring(0, colon);
  }
}
