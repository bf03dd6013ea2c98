package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.ClusterOnly;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Containers chosen by pod and container name. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"namespace", "pods", "containerNames"})
public class Containers {
  @ClusterOnly private @Nullable String namespace;

  @Required private @Nullable LabelSelector pods;

  private List<String> containerNames = new ArrayList<>();

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

  /** Empty means all containers of the pods. */
  public List<String> getContainerNames() {
    return containerNames;
  }

  /** Null counts as empty. */
  public void setContainerNames(@Nullable List<String> containerNames) {
    this.containerNames = containerNames == null ? new ArrayList<>() : containerNames;
  }
}
