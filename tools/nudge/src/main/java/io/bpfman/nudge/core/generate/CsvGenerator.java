package io.bpfman.nudge.core.generate;

import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A ClusterServiceVersion: the base with what the manifests, examples and images add. */
final class CsvGenerator {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final BundleSource source;
  private final InstallObjects objects;

  CsvGenerator(BundleSource source, InstallObjects objects) {
    this.source = source;
    this.objects = objects;
  }

  Map<String, Object> generate() {
    YamlValue base = source.base();
    requireSameDefinitions();
    Map<String, Object> metadata = new TreeMap<>(Fields.required(base, "metadata"));
    metadata.put("annotations", annotations());
    Map<String, Object> csv = Fields.copy(base);
    csv.put("metadata", metadata);
    csv.put("spec", spec());
    return csv;
  }

  private Map<String, Object> annotations() {
    Map<String, Object> annotations =
        new TreeMap<>(Fields.below(source.base(), "metadata", "annotations"));
    ImageReference operator = source.images().get(Operand.OPERATOR);
    if (operator != null) {
      annotations.put("containerImage", operator.toString());
    }
    if (!source.createdAt().isEmpty()) {
      annotations.put("createdAt", source.createdAt());
    }
    List<Object> examples =
        source.examples().stream()
            .sorted(Comparator.comparing(InstallObjects::kind).thenComparing(InstallObjects::name))
            .map(YamlValue::plain)
            .toList();
    annotations.put("alm-examples", JSON.writeValueAsString(examples));
    return annotations;
  }

  private Map<String, Object> spec() {
    Map<String, Object> spec = new TreeMap<>(Fields.required(source.base(), "spec"));
    List<Object> webhooks = new WebhookDefinitions(objects).all();
    if (!webhooks.isEmpty()) {
      spec.put("webhookdefinitions", webhooks);
    }
    spec.put("install", install(!webhooks.isEmpty()));
    spec.put("relatedImages", relatedImages());
    return spec;
  }

  private Map<String, Object> install(boolean webhooks) {
    CsvDeployment deployment = new CsvDeployment(objects.deployment(), source.images(), webhooks);
    Map<String, Object> spec = new TreeMap<>();
    spec.put("deployments", List.of(deployment.build()));
    spec.put("clusterPermissions", permissions("ClusterRoleBinding"));
    spec.put("permissions", permissions("RoleBinding"));
    return new TreeMap<>(Map.of("strategy", "deployment", "spec", spec));
  }

  private List<Object> permissions(String bindingKind) {
    List<Object> rules = objects.rules(bindingKind);
    return rules.isEmpty()
        ? List.of()
        : List.of(new TreeMap<>(Map.of("serviceAccountName", objects.account(), "rules", rules)));
  }

  /** Those of the base, which are not built here, and ours; by name. */
  private List<Object> relatedImages() {
    Map<String, String> images = new TreeMap<>();
    source
        .base()
        .items("spec", "relatedImages")
        .forEach(image -> images.put(image.text("name"), image.text("image")));
    source.images().forEach((operand, image) -> images.put(operand.component(), image.toString()));
    List<Object> list = new ArrayList<>();
    images.forEach((name, image) -> list.add(new TreeMap<>(Map.of("name", name, "image", image))));
    return list;
  }

  /** What is described is what is installed. */
  private void requireSameDefinitions() {
    Set<String> described =
        source.base().items("spec", "customresourcedefinitions", "owned").stream()
            .map(owned -> owned.text("name"))
            .collect(Collectors.toSet());
    for (YamlValue definition : objects.definitions()) {
      if (!described.remove(InstallObjects.name(definition))) {
        throw definition.refused(
            "is not described: add it to spec.customresourcedefinitions.owned of "
                + source.base().place().file());
      }
    }
    if (!described.isEmpty()) {
      throw source.base().refused("describes %s, which no manifest defines".formatted(described));
    }
  }
}
