package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The privileged container on each node, and where the pods of both run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
  "image",
  "logLevel",
  "csiRegistrarImage",
  "resources",
  "nodeSelector",
  "tolerations",
  "affinity",
  "priorityClassName"
})
public class ConfigDaemon {
  @Required
  @Size(min = 1)
  private @Nullable String image;

  private @Nullable String logLevel;

  private @Nullable String csiRegistrarImage;

  private @Nullable ResourceRequirements resources;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private @Nullable Map<String, String> nodeSelector;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private @Nullable List<Toleration> tolerations;

  private @Nullable Affinity affinity;

  private @Nullable String priorityClassName;

  /** Container image. */
  public @Nullable String getImage() {
    return image;
  }

  public void setImage(@Nullable String image) {
    this.image = image;
  }

  /** For example info, debug or trace. */
  public @Nullable String getLogLevel() {
    return logLevel;
  }

  public void setLogLevel(@Nullable String logLevel) {
    this.logLevel = logLevel;
  }

  /** Image of the CSI registrar; absent keeps that of the manifest. */
  public @Nullable String getCsiRegistrarImage() {
    return csiRegistrarImage;
  }

  public void setCsiRegistrarImage(@Nullable String csiRegistrarImage) {
    this.csiRegistrarImage = csiRegistrarImage;
  }

  /** CPU and memory of the container; absent keeps those of the manifest. */
  public @Nullable ResourceRequirements getResources() {
    return resources;
  }

  public void setResources(@Nullable ResourceRequirements resources) {
    this.resources = resources;
  }

  /**
   * Labels that a node must have to get a pod; absent keeps those of the manifest, empty means
   * none.
   */
  public @Nullable Map<String, String> getNodeSelector() {
    return nodeSelector;
  }

  public void setNodeSelector(@Nullable Map<String, String> nodeSelector) {
    this.nodeSelector = nodeSelector;
  }

  /** Taints that keep no pod away; absent keeps those of the manifest, empty means none. */
  public @Nullable List<Toleration> getTolerations() {
    return tolerations;
  }

  public void setTolerations(@Nullable List<Toleration> tolerations) {
    this.tolerations = tolerations;
  }

  /** Further wishes where pods run; absent keeps those of the manifest. */
  public @Nullable Affinity getAffinity() {
    return affinity;
  }

  public void setAffinity(@Nullable Affinity affinity) {
    this.affinity = affinity;
  }

  /** Priority class of the pods; absent keeps that of the manifest. */
  public @Nullable String getPriorityClassName() {
    return priorityClassName;
  }

  public void setPriorityClassName(@Nullable String priorityClassName) {
    this.priorityClassName = priorityClassName;
  }
}
