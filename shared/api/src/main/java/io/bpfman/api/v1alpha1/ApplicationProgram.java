package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.ClusterOnly;
import io.bpfman.api.schema.MemberPerType;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One program of an application: its name and type, and the one member that fits the type. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
  "name",
  "type",
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
public class ApplicationProgram {
  @Required
  @Size(min = 1, max = 64)
  @Pattern(Patterns.FUNCTION)
  private @Nullable String name;

  @Required private @Nullable ApplicationProgramType type;

  private @Nullable XdpProgram xdp;

  private @Nullable TcProgram tc;

  private @Nullable TcxProgram tcx;

  @ClusterOnly private @Nullable FixedProgram fentry;

  @ClusterOnly private @Nullable FixedProgram fexit;

  @ClusterOnly private @Nullable KprobeProgram kprobe;

  @ClusterOnly private @Nullable KretprobeProgram kretprobe;

  private @Nullable UprobeProgram uprobe;

  private @Nullable UprobeProgram uretprobe;

  @ClusterOnly private @Nullable TracepointProgram tracepoint;

  /** Function name in the object, 1 to 64 characters. */
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

  /** Present exactly for type XDP. */
  public @Nullable XdpProgram getXdp() {
    return xdp;
  }

  public void setXdp(@Nullable XdpProgram xdp) {
    this.xdp = xdp;
  }

  /** Present exactly for type TC. */
  public @Nullable TcProgram getTc() {
    return tc;
  }

  public void setTc(@Nullable TcProgram tc) {
    this.tc = tc;
  }

  /** Present exactly for type TCX. */
  public @Nullable TcxProgram getTcx() {
    return tcx;
  }

  public void setTcx(@Nullable TcxProgram tcx) {
    this.tcx = tcx;
  }

  /** Present exactly for type FEntry. */
  public @Nullable FixedProgram getFentry() {
    return fentry;
  }

  public void setFentry(@Nullable FixedProgram fentry) {
    this.fentry = fentry;
  }

  /** Present exactly for type FExit. */
  public @Nullable FixedProgram getFexit() {
    return fexit;
  }

  public void setFexit(@Nullable FixedProgram fexit) {
    this.fexit = fexit;
  }

  /** Present exactly for type KProbe. */
  public @Nullable KprobeProgram getKprobe() {
    return kprobe;
  }

  public void setKprobe(@Nullable KprobeProgram kprobe) {
    this.kprobe = kprobe;
  }

  /** Present exactly for type KRetProbe. */
  public @Nullable KretprobeProgram getKretprobe() {
    return kretprobe;
  }

  public void setKretprobe(@Nullable KretprobeProgram kretprobe) {
    this.kretprobe = kretprobe;
  }

  /** Present exactly for type UProbe. */
  public @Nullable UprobeProgram getUprobe() {
    return uprobe;
  }

  public void setUprobe(@Nullable UprobeProgram uprobe) {
    this.uprobe = uprobe;
  }

  /** Present exactly for type URetProbe. */
  public @Nullable UprobeProgram getUretprobe() {
    return uretprobe;
  }

  public void setUretprobe(@Nullable UprobeProgram uretprobe) {
    this.uretprobe = uretprobe;
  }

  /** Present exactly for type TracePoint. */
  public @Nullable TracepointProgram getTracepoint() {
    return tracepoint;
  }

  public void setTracepoint(@Nullable TracepointProgram tracepoint) {
    this.tracepoint = tracepoint;
  }
}
