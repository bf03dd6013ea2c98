package io.bpfman.operator.core.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every object of the operator carries. */
final class Stamps {
  /**
   * Annotation: digest of what was applied. A field that is not wanted any more is missing in what
   * is wanted, and so is seen by nothing else.
   */
  static final String APPLIED = "bpfman.io/applied";

  private Stamps() {}

  /**
   * Adds label, owner and digest.
   *
   * @param owner null for none
   */
  static GenericKubernetesResource stamped(
      GenericKubernetesResource object, @Nullable SetupOwner owner) {
    ObjectMeta metadata = object.getMetadata();
    Map<String, String> labels = copy(metadata.getLabels());
    if (!object.getKind().equals("Namespace")) {
      labels.put(DesiredObjects.MANAGED_BY, DesiredObjects.OPERATOR);
    }
    metadata.setLabels(labels);
    if (owner != null) {
      metadata.setOwnerReferences(List.of(owner.reference()));
    }
    Map<String, String> annotations = copy(metadata.getAnnotations());
    annotations.put(APPLIED, digest(Trees.text(object)));
    metadata.setAnnotations(annotations);
    return object;
  }

  private static Map<String, String> copy(@Nullable Map<String, String> map) {
    return map == null ? new HashMap<>() : new HashMap<>(map);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
