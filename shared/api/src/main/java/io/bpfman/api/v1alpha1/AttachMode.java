package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The only mode of a link whose target is fixed at load. */
public enum AttachMode {
  @JsonProperty("Attach")
  ATTACH;
}
