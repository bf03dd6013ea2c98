package io.bpfman.operator.adapter.manifest;

import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers in an application which file it came from. */
final class ManifestOrigin {
  private static final String ANNOTATION = "bpfman.io/manifest";

  private ManifestOrigin() {}

  /** Leaves an application alone that has it already, because others may be reading it. */
  static void set(ClusterBpfApplication application, Path file) {
    String name = String.valueOf(file.getFileName());
    if (file(application).filter(name::equals).isPresent()) {
      return;
    }
    Map<String, String> annotations = new LinkedHashMap<>();
    if (application.getMetadata().getAnnotations() != null) {
      annotations.putAll(application.getMetadata().getAnnotations());
    }
    annotations.put(ANNOTATION, name);
    application.getMetadata().setAnnotations(annotations);
  }

  /** Name of the file inside its directory. */
  static Optional<String> file(ClusterBpfApplication application) {
    return Optional.ofNullable(application.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(ANNOTATION));
  }
}
