package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.bpfman.model.XdpAction;

/** XDP return codes in the spelling of the custom resources. */
public enum XdpProceedOn {
  @JsonProperty("Aborted")
  ABORTED(XdpAction.ABORTED),
  @JsonProperty("Drop")
  DROP(XdpAction.DROP),
  @JsonProperty("Pass")
  PASS(XdpAction.PASS),
  @JsonProperty("TX")
  TX(XdpAction.TX),
  @JsonProperty("ReDirect")
  REDIRECT(XdpAction.REDIRECT),
  @JsonProperty("DispatcherReturn")
  DISPATCHER_RETURN(XdpAction.DISPATCHER_RETURN);

  private final XdpAction action;

  XdpProceedOn(XdpAction action) {
    this.action = action;
  }

  /** The return code. */
  public XdpAction action() {
    return action;
  }
}
