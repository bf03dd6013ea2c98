package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.RequiredInNamespace;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What the state of every link to an interface has. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"interfaceName", "netnsPath", "priority"})
public abstract class NetworkLinkStatus extends LinkStatus {
  @Required private @Nullable String interfaceName;

  @RequiredInNamespace private @Nullable String netnsPath;

  @Required
  @Min(0)
  @Max(1000)
  private @Nullable Integer priority;

  public @Nullable String getInterfaceName() {
    return interfaceName;
  }

  public void setInterfaceName(@Nullable String interfaceName) {
    this.interfaceName = interfaceName;
  }

  /** Absent means the node's own network namespace. */
  public @Nullable String getNetnsPath() {
    return netnsPath;
  }

  public void setNetnsPath(@Nullable String netnsPath) {
    this.netnsPath = netnsPath;
  }

  /** 0 to 1000. */
  public @Nullable Integer getPriority() {
    return priority;
  }

  public void setPriority(@Nullable Integer priority) {
    this.priority = priority;
  }
}
