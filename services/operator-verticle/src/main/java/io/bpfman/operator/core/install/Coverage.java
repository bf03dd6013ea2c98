package io.bpfman.operator.core.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an object has everything that is wanted; what it has beyond that is others' business. */
public final class Coverage {
  /** Lists that Kubernetes merges by a key, so that others may add to them. */
  private static final Set<String> MERGED =
      Set.of(
          "containers",
          "initContainers",
          "volumes",
          "volumeMounts",
          "env",
          "ports",
          "ownerReferences");

  private Coverage() {}

  /** Numbers count by value; defaults that the server filled in are never a difference. */
  public static boolean covers(GenericKubernetesResource wanted, GenericKubernetesResource actual) {
    return isIn("", Trees.map(wanted), Trees.map(actual));
  }

  private static boolean isIn(String field, @Nullable Object wanted, @Nullable Object actual) {
    return switch (wanted) {
      case null -> true;
      case Map<?, ?> map -> isMapIn(map, actual);
      case List<?> list when MERGED.contains(field) ->
          actual instanceof List<?> there
              && list.stream()
                  .allMatch(one -> there.stream().anyMatch(other -> isIn("", one, other)));
      case List<?> list -> isListIn(list, actual);
      case Number number ->
          actual instanceof Number other && number.doubleValue() == other.doubleValue();
      default -> wanted.equals(actual);
    };
  }

  /** What is empty may be left out by the server. */
  private static boolean isMapIn(Map<?, ?> wanted, @Nullable Object actual) {
    Map<?, ?> there = actual instanceof Map<?, ?> map ? map : Map.of();
    return wanted.entrySet().stream()
        .allMatch(
            entry -> isIn(entry.getKey().toString(), entry.getValue(), there.get(entry.getKey())));
  }

  private static boolean isListIn(List<?> wanted, @Nullable Object actual) {
    List<?> there = actual instanceof List<?> list ? list : List.of();
    if (wanted.size() != there.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!isIn("", wanted.get(i), there.get(i))) {
        return false;
      }
    }
    return true;
  }
}
