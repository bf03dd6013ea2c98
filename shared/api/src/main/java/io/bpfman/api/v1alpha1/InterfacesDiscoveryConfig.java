package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses every interface of the node that the lists let through. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"interfaceAutoDiscovery", "excludeInterfaces", "allowedInterfaces"})
public class InterfacesDiscoveryConfig {
  @Default("false")
  private @Nullable Boolean interfaceAutoDiscovery;

  @Default("[\"lo\"]")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private @Nullable List<String> excludeInterfaces;

  private List<String> allowedInterfaces = new ArrayList<>();

  /** Absent means false, which chooses nothing. */
  public @Nullable Boolean getInterfaceAutoDiscovery() {
    return interfaceAutoDiscovery;
  }

  public void setInterfaceAutoDiscovery(@Nullable Boolean interfaceAutoDiscovery) {
    this.interfaceAutoDiscovery = interfaceAutoDiscovery;
  }

  /** Exact names left out; absent means {@code lo} only, empty means none left out. */
  public @Nullable List<String> getExcludeInterfaces() {
    return excludeInterfaces;
  }

  public void setExcludeInterfaces(@Nullable List<String> excludeInterfaces) {
    this.excludeInterfaces = excludeInterfaces;
  }

  /** Exact names, or regular expressions between slashes; empty allows all. */
  public List<String> getAllowedInterfaces() {
    return allowedInterfaces;
  }

  /** Null counts as empty. */
  public void setAllowedInterfaces(@Nullable List<String> allowedInterfaces) {
    this.allowedInterfaces = allowedInterfaces == null ? new ArrayList<>() : allowedInterfaces;
  }
}
