package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.NoFormat;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/** The unprivileged container on each node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"image", "logLevel", "healthProbePort", "resources"})
public class ConfigAgent {
  @Required
  @Size(min = 1)
  private @Nullable String image;

  private @Nullable String logLevel;

  @Min(1)
  @Max(65535)
  @Default("8175")
  @NoFormat
  private @Nullable Integer healthProbePort;

  private @Nullable ResourceRequirements resources;

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

  /** TCP port of the health probes, 1 to 65535; absent means 8175. */
  public @Nullable Integer getHealthProbePort() {
    return healthProbePort;
  }

  public void setHealthProbePort(@Nullable Integer healthProbePort) {
    this.healthProbePort = healthProbePort;
  }

  /** CPU and memory of the container; absent keeps those of the manifest. */
  public @Nullable ResourceRequirements getResources() {
    return resources;
  }

  public void setResources(@Nullable ResourceRequirements resources) {
    this.resources = resources;
  }
}
