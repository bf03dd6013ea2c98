package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.bpfman.model.TcAction;

/** TC return codes in the spelling of the custom resources. */
public enum TcProceedOn {
  @JsonProperty("UnSpec")
  UNSPEC(TcAction.UNSPEC),
  @JsonProperty("OK")
  OK(TcAction.OK),
  @JsonProperty("ReClassify")
  RECLASSIFY(TcAction.RECLASSIFY),
  @JsonProperty("Shot")
  SHOT(TcAction.SHOT),
  @JsonProperty("Pipe")
  PIPE(TcAction.PIPE),
  @JsonProperty("Stolen")
  STOLEN(TcAction.STOLEN),
  @JsonProperty("Queued")
  QUEUED(TcAction.QUEUED),
  @JsonProperty("Repeat")
  REPEAT(TcAction.REPEAT),
  @JsonProperty("ReDirect")
  REDIRECT(TcAction.REDIRECT),
  @JsonProperty("Trap")
  TRAP(TcAction.TRAP),
  @JsonProperty("DispatcherReturn")
  DISPATCHER_RETURN(TcAction.DISPATCHER_RETURN);

  private final TcAction action;

  TcProceedOn(TcAction action) {
    this.action = action;
  }

  /** The return code. */
  public TcAction action() {
    return action;
  }
}
