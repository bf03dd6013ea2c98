package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.RequiredInNamespace;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An attachment of a TCX program. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"interfaceSelector", "networkNamespaces", "direction", "priority"})
public class TcxLink {
  @Required
  @Size(min = 1, max = 1)
  private @Nullable InterfaceSelector interfaceSelector;

  @RequiredInNamespace private @Nullable NetworkNamespaces networkNamespaces;

  @Required private @Nullable TrafficDirection direction;

  @Min(0)
  @Max(1000)
  private @Nullable Integer priority;

  /** Which interfaces of the node. */
  public @Nullable InterfaceSelector getInterfaceSelector() {
    return interfaceSelector;
  }

  public void setInterfaceSelector(@Nullable InterfaceSelector interfaceSelector) {
    this.interfaceSelector = interfaceSelector;
  }

  /** Absent means the node's own network namespace; required of a BpfApplication. */
  public @Nullable NetworkNamespaces getNetworkNamespaces() {
    return networkNamespaces;
  }

  public void setNetworkNamespaces(@Nullable NetworkNamespaces networkNamespaces) {
    this.networkNamespaces = networkNamespaces;
  }

  public @Nullable TrafficDirection getDirection() {
    return direction;
  }

  public void setDirection(@Nullable TrafficDirection direction) {
    this.direction = direction;
  }

  /** 0 to 1000, smaller runs first; absent means 1000. */
  public @Nullable Integer getPriority() {
    return priority;
  }

  public void setPriority(@Nullable Integer priority) {
    this.priority = priority;
  }
}
