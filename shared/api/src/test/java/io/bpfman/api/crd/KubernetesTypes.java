package io.bpfman.api.crd;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceClaim;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Kubernetes' own OpenAPI document (v1.35) says about its types and fabric8's beans of them do
 * not.
 */
final class KubernetesTypes {
  private static final String LIST_TYPE = "x-kubernetes-list-type";

  private static final Map<Class<?>, Set<String>> REQUIRED =
      Map.of(
          Condition.class, Set.of("lastTransitionTime", "message", "reason", "status", "type"),
          LabelSelectorRequirement.class, Set.of("key", "operator"),
          NodeSelector.class, Set.of("nodeSelectorTerms"),
          NodeSelectorRequirement.class, Set.of("key", "operator"),
          PodAffinityTerm.class, Set.of("topologyKey"),
          PreferredSchedulingTerm.class, Set.of("preference", "weight"),
          ResourceClaim.class, Set.of("name"),
          WeightedPodAffinityTerm.class, Set.of("podAffinityTerm", "weight"));

  private static final Set<Class<?>> ATOMIC =
      Set.of(LabelSelector.class, NodeSelector.class, NodeSelectorTerm.class);

  private KubernetesTypes() {}

  static boolean requires(Class<?> bean, String field) {
    return REQUIRED.getOrDefault(bean, Set.of()).contains(field);
  }

  static Map<String, Object> extensions(Class<?> bean) {
    return ATOMIC.contains(bean) ? Map.of("x-kubernetes-map-type", "atomic") : Map.of();
  }

  /** How a list of one of Kubernetes' own types is merged; nothing for other beans. */
  static Map<String, Object> listKind(Class<?> bean, String field) {
    if (bean.getPackage() != Condition.class.getPackage()) {
      return Map.of();
    }
    return bean == ResourceRequirements.class && field.equals("claims")
        ? Map.of(LIST_TYPE, "map", "x-kubernetes-list-map-keys", List.of("name"))
        : Map.of(LIST_TYPE, "atomic");
  }

  /** The schema of a type whose bean does not show it. */
  static Optional<Map<String, Object>> special(Class<?> type) {
    if (type == Quantity.class) {
      return Optional.of(quantity());
    }
    return type == Condition.class ? Optional.of(condition()) : Optional.empty();
  }

  private static Map<String, Object> quantity() {
    return new TreeMap<>(
        Map.of(
            "anyOf",
            List.of(Map.of("type", "integer"), Map.of("type", "string")),
            "pattern",
            "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$",
            "x-kubernetes-int-or-string",
            true));
  }

  private static Map<String, Object> condition() {
    Map<String, Object> members = new TreeMap<>();
    members.put("lastTransitionTime", text(Map.of("format", "date-time")));
    members.put("message", text(Map.of("maxLength", 32768)));
    members.put(
        "observedGeneration",
        new TreeMap<>(Map.of("type", "integer", "format", "int64", "minimum", 0)));
    members.put(
        "reason",
        text(
            Map.of(
                "minLength",
                1,
                "maxLength",
                1024,
                "pattern",
                "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")));
    members.put("status", text(Map.of("enum", List.of("True", "False", "Unknown"))));
    members.put(
        "type",
        text(
            Map.of(
                "maxLength",
                316,
                "pattern",
                "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
                    + "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")));
    return new TreeMap<>(
        Map.of(
            "properties",
            members,
            "required",
            REQUIRED.get(Condition.class).stream().sorted().toList(),
            "type",
            "object"));
  }

  private static Map<String, Object> text(Map<String, Object> constraints) {
    Map<String, Object> schema = new TreeMap<>(constraints);
    schema.put("type", "string");
    return schema;
  }
}
