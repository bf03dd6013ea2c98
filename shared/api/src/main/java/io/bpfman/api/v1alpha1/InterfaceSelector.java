package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses interfaces in exactly one of three ways. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"interfaces", "primaryNodeInterface", "interfacesDiscoveryConfig"})
public class InterfaceSelector {
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private @Nullable List<String> interfaces;

  private @Nullable Boolean primaryNodeInterface;

  private @Nullable InterfacesDiscoveryConfig interfacesDiscoveryConfig;

  /** Names as written; absent when another way is used. */
  public @Nullable List<String> getInterfaces() {
    return interfaces;
  }

  public void setInterfaces(@Nullable List<String> interfaces) {
    this.interfaces = interfaces;
  }

  /** The interface that carries the node's address. */
  public @Nullable Boolean getPrimaryNodeInterface() {
    return primaryNodeInterface;
  }

  public void setPrimaryNodeInterface(@Nullable Boolean primaryNodeInterface) {
    this.primaryNodeInterface = primaryNodeInterface;
  }

  /** Every interface that the lists let through. */
  public @Nullable InterfacesDiscoveryConfig getInterfacesDiscoveryConfig() {
    return interfacesDiscoveryConfig;
  }

  public void setInterfacesDiscoveryConfig(
      @Nullable InterfacesDiscoveryConfig interfacesDiscoveryConfig) {
    this.interfacesDiscoveryConfig = interfacesDiscoveryConfig;
  }
}
