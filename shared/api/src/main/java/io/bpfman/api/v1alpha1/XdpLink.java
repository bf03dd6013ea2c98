package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.RequiredInNamespace;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attachment of an XDP program. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"interfaceSelector", "networkNamespaces", "priority", "proceedOn"})
public class XdpLink {
  @Required
  @Size(min = 1, max = 1)
  private @Nullable InterfaceSelector interfaceSelector;

  @RequiredInNamespace private @Nullable NetworkNamespaces networkNamespaces;

  @Min(0)
  @Max(1000)
  private @Nullable Integer priority;

  @Default("[\"Pass\",\"DispatcherReturn\"]")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private @Nullable List<XdpProceedOn> proceedOn;

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

  /** 0 to 1000, smaller runs first; absent means 1000. */
  public @Nullable Integer getPriority() {
    return priority;
  }

  public void setPriority(@Nullable Integer priority) {
    this.priority = priority;
  }

  /** Return codes that let the next program run; absent means Pass and DispatcherReturn. */
  public @Nullable List<XdpProceedOn> getProceedOn() {
    return proceedOn;
  }

  public void setProceedOn(@Nullable List<XdpProceedOn> proceedOn) {
    this.proceedOn = proceedOn;
  }
}
