package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.operator.core.install.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Locale;
import java.util.Map;

/** Ways to objects of any kind, without asking the server for the kind's plural. */
final class ObjectAccess {
  private static final Map<String, String> PLURALS =
      Map.of(
          "SecurityContextConstraints", "securitycontextconstraints",
          "CSIDriver", "csidrivers");

  private ObjectAccess() {}

  static Resource<GenericKubernetesResource> resource(KubernetesClient client, ObjectRef object) {
    var operation = client.genericKubernetesResources(context(object));
    return object.namespace() == null
        ? operation.withName(object.name())
        : operation.inNamespace(object.namespace()).withName(object.name());
  }

  /** The same way, with the object to write. */
  static Resource<GenericKubernetesResource> item(
      KubernetesClient client, GenericKubernetesResource object) {
    return client.genericKubernetesResources(context(ObjectRef.of(object))).resource(object);
  }

  private static ResourceDefinitionContext context(ObjectRef object) {
    String group = object.group();
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(object.apiVersion().substring(group.isEmpty() ? 0 : group.length() + 1))
        .withKind(object.kind())
        .withPlural(
            PLURALS.getOrDefault(object.kind(), object.kind().toLowerCase(Locale.ROOT) + "s"))
        .withNamespaced(object.namespace() != null)
        .build();
  }
}
