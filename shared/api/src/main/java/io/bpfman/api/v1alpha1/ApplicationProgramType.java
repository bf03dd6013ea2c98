package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.bpfman.api.schema.ClusterOnly;
import io.bpfman.model.ProgramType;

/** Program types that an application can hold, in the spelling of the custom resources. */
public enum ApplicationProgramType {
  @JsonProperty("XDP")
  XDP(ProgramType.XDP),
  @JsonProperty("TC")
  TC(ProgramType.TC),
  @JsonProperty("TCX")
  TCX(ProgramType.TCX),
  @ClusterOnly
  @JsonProperty("FEntry")
  FENTRY(ProgramType.FENTRY),
  @ClusterOnly
  @JsonProperty("FExit")
  FEXIT(ProgramType.FEXIT),
  @ClusterOnly
  @JsonProperty("KProbe")
  KPROBE(ProgramType.KPROBE),
  @ClusterOnly
  @JsonProperty("KRetProbe")
  KRETPROBE(ProgramType.KRETPROBE),
  @JsonProperty("UProbe")
  UPROBE(ProgramType.UPROBE),
  @JsonProperty("URetProbe")
  URETPROBE(ProgramType.URETPROBE),
  @ClusterOnly
  @JsonProperty("TracePoint")
  TRACEPOINT(ProgramType.TRACEPOINT);

  private final ProgramType type;

  ApplicationProgramType(ProgramType type) {
    this.type = type;
  }

  /** The type. */
  public ProgramType type() {
    return type;
  }
}
