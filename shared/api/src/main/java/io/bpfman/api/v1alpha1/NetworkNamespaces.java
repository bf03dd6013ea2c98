package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.ClusterOnly;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/** Network namespaces chosen by the pods that live in them. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"namespace", "pods"})
public class NetworkNamespaces {
  @ClusterOnly private @Nullable String namespace;

  @Required private @Nullable LabelSelector pods;

  /**
   * Kubernetes namespace of the pods; absent means every namespace. A BpfApplication has its own
   * and cannot name another.
   */
  public @Nullable String getNamespace() {
    return namespace;
  }

  public void setNamespace(@Nullable String namespace) {
    this.namespace = namespace;
  }

  /** Pods by label. */
  public @Nullable LabelSelector getPods() {
    return pods;
  }

  public void setPods(@Nullable LabelSelector pods) {
    this.pods = pods;
  }
}
