package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attachment of a TC program. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"interfaceSelector", "networkNamespaces", "direction", "priority", "proceedOn"})
public class TcLink {
  @Required private @Nullable InterfaceSelector interfaceSelector;

  private @Nullable NetworkNamespaces networkNamespaces;

  @Required private @Nullable TrafficDirection direction;

  @Min(0)
  @Max(1000)
  private @Nullable Integer priority;

  @Default("[\"Pipe\",\"DispatcherReturn\"]")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private @Nullable List<TcProceedOn> proceedOn;

  /** Which interfaces of the node. */
  public @Nullable InterfaceSelector getInterfaceSelector() {
    return interfaceSelector;
  }

  public void setInterfaceSelector(@Nullable InterfaceSelector interfaceSelector) {
    this.interfaceSelector = interfaceSelector;
  }

  /** Absent means the node's own network namespace. */
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

  /** Return codes that let the next program run; absent means Pipe and DispatcherReturn. */
  public @Nullable List<TcProceedOn> getProceedOn() {
    return proceedOn;
  }

  public void setProceedOn(@Nullable List<TcProceedOn> proceedOn) {
    this.proceedOn = proceedOn;
  }
}
