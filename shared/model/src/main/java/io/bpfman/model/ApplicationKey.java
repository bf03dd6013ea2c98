package io.bpfman.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Identity of an application, the same in the custom resource, on the bus and in the metadata of
 * what was loaded for it.
 *
 * @param kind of the custom resource: {@link #CLUSTER_KIND} or {@link #NAMESPACED_KIND}
 * @param namespace empty for a cluster-wide one
 */
public record ApplicationKey(String kind, String namespace, String name)
    implements Comparable<ApplicationKey> {
  /** Kind of an application without namespace. */
  public static final String CLUSTER_KIND = "ClusterBpfApplication";

  /** Kind of an application in a namespace. */
  public static final String NAMESPACED_KIND = "BpfApplication";

  private static final Comparator<ApplicationKey> ORDER =
      Comparator.comparing(ApplicationKey::text);

  /** 64 bits: among 100,000 nodes two are alike once in four billion applications. */
  private static final int SUFFIX_BYTES = 8;

  /** Longest name of a Kubernetes object. */
  private static final int LONGEST_NAME = 253;

  /**
   * Of an application of either kind.
   *
   * @param namespace empty for a cluster-wide one
   */
  public static ApplicationKey of(String namespace, String name) {
    return namespace.isEmpty()
        ? ofCluster(name)
        : new ApplicationKey(NAMESPACED_KIND, namespace, name);
  }

  /** Of an application without namespace. */
  public static ApplicationKey ofCluster(String name) {
    return new ApplicationKey(CLUSTER_KIND, "", name);
  }

  /** The inverse of {@link #text()}; empty for anything else. */
  public static Optional<ApplicationKey> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length == 2 && parts[0].equals(CLUSTER_KIND) && !parts[1].isEmpty()) {
      return Optional.of(ofCluster(parts[1]));
    }
    boolean namespaced = parts.length == 3 && parts[0].equals(NAMESPACED_KIND);
    return namespaced && !parts[1].isEmpty() && !parts[2].isEmpty()
        ? Optional.of(of(parts[1], parts[2]))
        : Optional.empty();
  }

  /**
   * Whether a value of {@link MetadataKeys#APPLICATION}, which may be anybody's words, is meant.
   *
   * @param wanted the whole value or what follows one of its slashes; empty: all are meant
   */
  public static boolean matches(String wanted, String value) {
    return wanted.isEmpty() || value.equals(wanted) || value.endsWith("/" + wanted);
  }

  public boolean isNamespaced() {
    return !namespace.isEmpty();
  }

  /** {@code Kind/name} or {@code Kind/namespace/name}. */
  public String text() {
    return isNamespaced() ? kind + "/" + namespace + "/" + name : kind + "/" + name;
  }

  /**
   * {@code <application>-<16 hexadecimal digits>}, the same for the same application and node at
   * all times. A name that would be too long for Kubernetes is cut before the digits.
   */
  public String stateName(String node) {
    String digits = HexFormat.of().formatHex(sha256(text() + "\0" + node), 0, SUFFIX_BYTES);
    int room = LONGEST_NAME - digits.length() - 1;
    String front = name.length() <= room ? name : name.substring(0, room).replaceAll("[.-]+$", "");
    return front + "-" + digits;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public int compareTo(ApplicationKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return text();
  }
}
