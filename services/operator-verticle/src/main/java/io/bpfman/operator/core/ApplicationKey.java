package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApiNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Identity of an application.
 *
 * @param kind of the custom resource
 * @param namespace empty for a cluster-wide one
 */
public record ApplicationKey(String kind, String namespace, String name)
    implements Comparable<ApplicationKey> {
  private static final int SUFFIX = 8;

  public static ApplicationKey of(HasMetadata application) {
    String namespace = application.getMetadata().getNamespace();
    return new ApplicationKey(
        application.getKind(),
        namespace == null ? "" : namespace,
        application.getMetadata().getName());
  }

  /**
   * Of an application of either kind.
   *
   * @param namespace empty for a cluster-wide one
   */
  public static ApplicationKey of(String namespace, String name) {
    return namespace.isEmpty()
        ? ofCluster(name)
        : new ApplicationKey(ApiNames.NAMESPACED_APPLICATION_KIND, namespace, name);
  }

  /** Of an application without namespace. */
  public static ApplicationKey ofCluster(String name) {
    return new ApplicationKey(ApiNames.APPLICATION_KIND, "", name);
  }

  /** The inverse of {@link #text()}; empty for anything else. */
  public static Optional<ApplicationKey> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length == 2 && parts[0].equals(ApiNames.APPLICATION_KIND)) {
      return Optional.of(ofCluster(parts[1]));
    }
    return parts.length == 3 && parts[0].equals(ApiNames.NAMESPACED_APPLICATION_KIND)
        ? Optional.of(new ApplicationKey(parts[0], parts[1], parts[2]))
        : Optional.empty();
  }

  public boolean isNamespaced() {
    return !namespace.isEmpty();
  }

  /** As on the bus: {@code Kind/name} or {@code Kind/namespace/name}. */
  public String text() {
    return isNamespaced() ? kind + "/" + namespace + "/" + name : kind + "/" + name;
  }

  /**
   * {@code <application>-<8 hexadecimal digits>}, the same for the same application and node at all
   * times.
   */
  public String stateName(String node) {
    byte[] both = (name + "\0" + node).getBytes(StandardCharsets.UTF_8);
    String digest = UUID.nameUUIDFromBytes(both).toString();
    return name + "-" + digest.substring(0, SUFFIX);
  }

  @Override
  public int compareTo(ApplicationKey other) {
    return text().compareTo(other.text());
  }

  @Override
  public String toString() {
    return text();
  }
}
