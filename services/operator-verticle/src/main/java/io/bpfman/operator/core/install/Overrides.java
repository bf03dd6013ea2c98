package io.bpfman.operator.core.install;

import io.bpfman.api.v1alpha1.ComponentOverride;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Objects that a Config leaves to its user. */
final class Overrides {
  private Overrides() {}

  /** The version does not count; of an object without namespace neither does the namespace. */
  static boolean leaves(List<ComponentOverride> overrides, ObjectRef object) {
    return overrides.stream()
        .filter(override -> Boolean.TRUE.equals(override.getUnmanaged()))
        .anyMatch(override -> names(override, object));
  }

  private static boolean names(ComponentOverride override, ObjectRef object) {
    return object.kind().equals(override.getKind())
        && object.name().equals(override.getName())
        && object.group().equals(group(override.getApiVersion()))
        && (object.namespace() == null
            || Objects.equals(object.namespace(), override.getNamespace()));
  }

  /** A bare word is a version of the core group, as in {@code v1}. */
  private static String group(@Nullable String apiVersion) {
    return apiVersion == null || apiVersion.indexOf('/') < 0
        ? ""
        : apiVersion.substring(0, apiVersion.indexOf('/'));
  }
}
