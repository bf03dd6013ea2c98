package io.bpfman.nudge.core.generate;

import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Objects of an installation, by what becomes of them in a bundle. */
final class InstallObjects {
  static final String WEBHOOKS = "ValidatingWebhookConfiguration";
  private static final String CRD = "CustomResourceDefinition";
  private static final Set<String> SHIPPED =
      Set.of(
          "ClusterRole",
          "ClusterRoleBinding",
          "ConfigMap",
          "NetworkPolicy",
          "PodDisruptionBudget",
          "PriorityClass",
          "Role",
          "RoleBinding",
          "Service",
          "ServiceAccount");
  private static final Set<String> FOLDED = Set.of("Deployment", CRD, "Namespace", WEBHOOKS);

  private final List<YamlValue> objects;
  private final String account;

  /** Refuses what neither the ClusterServiceVersion nor a bundle's manifests can hold. */
  InstallObjects(List<YamlValue> objects) {
    this.objects =
        objects.stream()
            .sorted(Comparator.comparing(InstallObjects::kind).thenComparing(InstallObjects::name))
            .toList();
    for (YamlValue object : this.objects) {
      if (!SHIPPED.contains(kind(object)) && !FOLDED.contains(kind(object))) {
        throw object.refused(
            "is of kind \"%s\", for which a bundle has no place".formatted(kind(object)));
      }
    }
    this.account = deployment().text("spec", "template", "spec", "serviceAccountName");
  }

  static String name(YamlValue object) {
    return object.text("metadata", "name");
  }

  static String kind(YamlValue object) {
    return object.text("kind");
  }

  /** Objects of a kind, by name. */
  List<YamlValue> all(String kind) {
    return objects.stream().filter(object -> kind(object).equals(kind)).toList();
  }

  List<YamlValue> definitions() {
    return all(CRD);
  }

  /** The operator's; there must be exactly one. */
  YamlValue deployment() {
    List<YamlValue> all = all("Deployment");
    if (all.size() != 1) {
      throw new UnusableInputException(
          "the manifests have %d Deployments; expected the operator's alone".formatted(all.size()));
    }
    return all.getFirst();
  }

  /** The ServiceAccount of the deployment, which OLM makes. */
  String account() {
    return account;
  }

  /** What bindings of a kind let the operator do, without repetition. */
  List<Object> rules(String bindingKind) {
    Set<Object> rules = new LinkedHashSet<>();
    for (YamlValue binding : all(bindingKind)) {
      if (isOperators(binding)) {
        role(binding).items("rules").forEach(rule -> rules.add(rule.plain()));
      }
    }
    return List.copyOf(rules);
  }

  /** What stays an object of its own. */
  List<YamlValue> shipped() {
    Set<YamlValue> folded = new LinkedHashSet<>();
    for (String bindingKind : List.of("ClusterRoleBinding", "RoleBinding")) {
      all(bindingKind).stream()
          .filter(this::isOperators)
          .forEach(
              binding -> {
                folded.add(binding);
                folded.add(role(binding));
              });
    }
    List<YamlValue> shipped = new ArrayList<>(objects);
    shipped.removeIf(object -> FOLDED.contains(kind(object)) || folded.contains(object));
    shipped.removeIf(object -> isOlms(object) || isForeign(object));
    return shipped;
  }

  /** The Service behind a webhook. */
  YamlValue service(YamlValue webhook) {
    String name = webhook.text("clientConfig", "service", "name");
    return named("Service", name, webhook);
  }

  /** The ServiceAccount of the deployment, and the Services of webhooks. */
  private boolean isOlms(YamlValue object) {
    boolean own = kind(object).equals("ServiceAccount") && name(object).equals(account);
    boolean webhooks =
        all(WEBHOOKS).stream()
            .flatMap(configuration -> configuration.items("webhooks").stream())
            .anyMatch(webhook -> service(webhook).equals(object));
    return own || webhooks;
  }

  /** A policy for all pods of a namespace: with OLM others may have theirs there too. */
  private static boolean isForeign(YamlValue object) {
    return kind(object).equals("NetworkPolicy")
        && Fields.required(object, "spec", "podSelector").isEmpty();
  }

  private boolean isOperators(YamlValue binding) {
    List<YamlValue> subjects = binding.items("subjects");
    return subjects.size() == 1
        && subjects.getFirst().text("kind").equals("ServiceAccount")
        && subjects.getFirst().text("name").equals(account);
  }

  private YamlValue role(YamlValue binding) {
    return named(binding.text("roleRef", "kind"), binding.text("roleRef", "name"), binding);
  }

  private YamlValue named(String kind, String name, YamlValue user) {
    return all(kind).stream()
        .filter(object -> name(object).equals(name))
        .findFirst()
        .orElseThrow(
            () -> user.refused("names %s \"%s\", which is not there".formatted(kind, name)));
  }
}
