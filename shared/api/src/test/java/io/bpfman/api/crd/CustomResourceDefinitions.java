package io.bpfman.api.crd;

import io.bpfman.api.manifest.ManifestWriter;
import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.BpfApplicationState;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.api.v1alpha1.Config;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The custom resource definitions of all kinds, as YAML. */
final class CustomResourceDefinitions {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          ClusterBpfApplication.class,
          BpfApplication.class,
          ClusterBpfApplicationState.class,
          BpfApplicationState.class,
          Config.class);

  private static final String HEADER =
      "# Made from the beans of shared/api by `make generate`; a test fails when it is stale.\n---\n";

  private final Javadocs docs;

  CustomResourceDefinitions(Javadocs docs) {
    this.docs = docs;
  }

  /** As in bpfman's own repository: {@code bpfman.io_configs.yaml}. */
  static Path file(Path directory, Class<? extends HasMetadata> kind) {
    return directory.resolve(ApiNames.GROUP + "_" + HasMetadata.getPlural(kind) + ".yaml");
  }

  String yaml(Class<? extends CustomResource<?, ?>> kind) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("apiVersion", "apiextensions.k8s.io/v1");
    root.put("kind", "CustomResourceDefinition");
    root.put("metadata", Map.of("name", HasMetadata.getPlural(kind) + "." + ApiNames.GROUP));
    root.put("spec", spec(kind));
    return HEADER + ManifestWriter.toYaml(root);
  }

  private Map<String, Object> spec(Class<? extends CustomResource<?, ?>> kind) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("group", ApiNames.GROUP);
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("kind", HasMetadata.getKind(kind));
    names.put("listKind", HasMetadata.getKind(kind) + "List");
    names.put("plural", HasMetadata.getPlural(kind));
    names.put("singular", HasMetadata.getSingular(kind));
    spec.put("names", names);
    spec.put("scope", isNamespaced(kind) ? "Namespaced" : "Cluster");
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("name", ApiNames.VERSION);
    version.put("served", true);
    version.put("storage", true);
    version.put("additionalPrinterColumns", columns(kind));
    version.put("subresources", Map.of("status", Map.of()));
    version.put("schema", Map.of("openAPIV3Schema", schema(kind)));
    spec.put("versions", List.of(version));
    return spec;
  }

  private static boolean isNamespaced(Class<?> kind) {
    return Namespaced.class.isAssignableFrom(kind);
  }

  /** In the order of the annotations, which is the order that kubectl prints them in. */
  private static List<Map<String, Object>> columns(Class<?> kind) {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (var column : kind.getAnnotationsByType(AdditionalPrinterColumn.class)) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", column.name());
      entry.put("type", column.type().getValue());
      entry.put("jsonPath", column.jsonPath());
      columns.add(entry);
    }
    return columns;
  }

  private Map<String, Object> schema(Class<?> kind) {
    SchemaBuilder builder = new SchemaBuilder(isNamespaced(kind), docs);
    Map<String, Object> members = new TreeMap<>();
    members.put("apiVersion", Map.of("type", "string"));
    members.put("kind", Map.of("type", "string"));
    members.put("metadata", Map.of("type", "object"));
    Type[] parts = specAndStatus(kind);
    if (parts[0] != Void.class) {
      members.put("spec", builder.describedBean((Class<?>) parts[0]));
    }
    members.put("status", builder.describedBean((Class<?>) parts[1]));
    Map<String, Object> schema = new TreeMap<>();
    docs.type(kind).ifPresent(text -> schema.put("description", text));
    schema.put("properties", members);
    schema.put("type", "object");
    return schema;
  }

  /** Those of CustomResource, of which the kind may be a grandchild. */
  private static Type[] specAndStatus(Class<?> kind) {
    return kind.getGenericSuperclass() instanceof ParameterizedType direct
        ? direct.getActualTypeArguments()
        : specAndStatus(kind.getSuperclass());
  }
}
