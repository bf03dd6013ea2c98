package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.ClusterOnly;
import io.bpfman.api.schema.MemberPerType;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** State of one program of an application on one node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
  "name",
  "type",
  "programLinkStatus",
  "programId",
  "reason",
  "message",
  "xdp",
  "tc",
  "tcx",
  "fentry",
  "fexit",
  "kprobe",
  "kretprobe",
  "uprobe",
  "uretprobe",
  "tracepoint"
})
@MemberPerType
public class ProgramStatus {
  @Required private @Nullable String name;

  @Required private @Nullable ApplicationProgramType type;

  @Required private @Nullable String programLinkStatus;

  @Min(0)
  @Max(4294967295L)
  private @Nullable Long programId;

  private @Nullable String reason;

  private @Nullable String message;

  private @Nullable XdpProgramStatus xdp;

  private @Nullable TcProgramStatus tc;

  private @Nullable TcxProgramStatus tcx;

  @ClusterOnly private @Nullable FixedProgramStatus fentry;

  @ClusterOnly private @Nullable FixedProgramStatus fexit;

  @ClusterOnly private @Nullable KprobeProgramStatus kprobe;

  @ClusterOnly private @Nullable KretprobeProgramStatus kretprobe;

  private @Nullable UprobeProgramStatus uprobe;

  private @Nullable UprobeProgramStatus uretprobe;

  @ClusterOnly private @Nullable TracepointProgramStatus tracepoint;

  public @Nullable String getName() {
    return name;
  }

  public void setName(@Nullable String name) {
    this.name = name;
  }

  public @Nullable ApplicationProgramType getType() {
    return type;
  }

  public void setType(@Nullable ApplicationProgramType type) {
    this.type = type;
  }

  /** One of {@link ProgramLinkStates}. */
  public @Nullable String getProgramLinkStatus() {
    return programLinkStatus;
  }

  public void setProgramLinkStatus(@Nullable String programLinkStatus) {
    this.programLinkStatus = programLinkStatus;
  }

  /** Kernel program id, 0 to 4294967295; absent while there is none. */
  public @Nullable Long getProgramId() {
    return programId;
  }

  public void setProgramId(@Nullable Long programId) {
    this.programId = programId;
  }

  /** Kind of failure, one word; absent while there is none. */
  public @Nullable String getReason() {
    return reason;
  }

  public void setReason(@Nullable String reason) {
    this.reason = reason;
  }

  /** What failed, and the way out; absent while nothing did. */
  public @Nullable String getMessage() {
    return message;
  }

  public void setMessage(@Nullable String message) {
    this.message = message;
  }

  /** Present exactly for type XDP. */
  public @Nullable XdpProgramStatus getXdp() {
    return xdp;
  }

  public void setXdp(@Nullable XdpProgramStatus xdp) {
    this.xdp = xdp;
  }

  /** Present exactly for type TC. */
  public @Nullable TcProgramStatus getTc() {
    return tc;
  }

  public void setTc(@Nullable TcProgramStatus tc) {
    this.tc = tc;
  }

  /** Present exactly for type TCX. */
  public @Nullable TcxProgramStatus getTcx() {
    return tcx;
  }

  public void setTcx(@Nullable TcxProgramStatus tcx) {
    this.tcx = tcx;
  }

  /** Present exactly for type FEntry. */
  public @Nullable FixedProgramStatus getFentry() {
    return fentry;
  }

  public void setFentry(@Nullable FixedProgramStatus fentry) {
    this.fentry = fentry;
  }

  /** Present exactly for type FExit. */
  public @Nullable FixedProgramStatus getFexit() {
    return fexit;
  }

  public void setFexit(@Nullable FixedProgramStatus fexit) {
    this.fexit = fexit;
  }

  /** Present exactly for type KProbe. */
  public @Nullable KprobeProgramStatus getKprobe() {
    return kprobe;
  }

  public void setKprobe(@Nullable KprobeProgramStatus kprobe) {
    this.kprobe = kprobe;
  }

  /** Present exactly for type KRetProbe. */
  public @Nullable KretprobeProgramStatus getKretprobe() {
    return kretprobe;
  }

  public void setKretprobe(@Nullable KretprobeProgramStatus kretprobe) {
    this.kretprobe = kretprobe;
  }

  /** Present exactly for type UProbe. */
  public @Nullable UprobeProgramStatus getUprobe() {
    return uprobe;
  }

  public void setUprobe(@Nullable UprobeProgramStatus uprobe) {
    this.uprobe = uprobe;
  }

  /** Present exactly for type URetProbe. */
  public @Nullable UprobeProgramStatus getUretprobe() {
    return uretprobe;
  }

  public void setUretprobe(@Nullable UprobeProgramStatus uretprobe) {
    this.uretprobe = uretprobe;
  }

  /** Present exactly for type TracePoint. */
  public @Nullable TracepointProgramStatus getTracepoint() {
    return tracepoint;
  }

  public void setTracepoint(@Nullable TracepointProgramStatus tracepoint) {
    this.tracepoint = tracepoint;
  }
}
