package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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
@ValidationRule(
    value = "has(self.type) && self.type == 'XDP' ? has(self.xdp) : !has(self.xdp)",
    message = "xdp is required when type is XDP, and forbidden otherwise")
@ValidationRule(
    value = "has(self.type) && self.type == 'TC' ? has(self.tc) : !has(self.tc)",
    message = "tc is required when type is TC, and forbidden otherwise")
@ValidationRule(
    value = "has(self.type) && self.type == 'TCX' ? has(self.tcx) : !has(self.tcx)",
    message = "tcx is required when type is TCX, and forbidden otherwise")
@ValidationRule(
    value = "has(self.type) && self.type == 'FEntry' ? has(self.fentry) : !has(self.fentry)",
    message = "fentry is required when type is FEntry, and forbidden otherwise")
@ValidationRule(
    value = "has(self.type) && self.type == 'FExit' ? has(self.fexit) : !has(self.fexit)",
    message = "fexit is required when type is FExit, and forbidden otherwise")
@ValidationRule(
    value = "has(self.type) && self.type == 'KProbe' ? has(self.kprobe) : !has(self.kprobe)",
    message = "kprobe is required when type is KProbe, and forbidden otherwise")
@ValidationRule(
    value =
        "has(self.type) && self.type == 'KRetProbe' ? has(self.kretprobe) : !has(self.kretprobe)",
    message = "kretprobe is required when type is KRetProbe, and forbidden otherwise")
@ValidationRule(
    value = "has(self.type) && self.type == 'UProbe' ? has(self.uprobe) : !has(self.uprobe)",
    message = "uprobe is required when type is UProbe, and forbidden otherwise")
@ValidationRule(
    value =
        "has(self.type) && self.type == 'URetProbe' ? has(self.uretprobe) : !has(self.uretprobe)",
    message = "uretprobe is required when type is URetProbe, and forbidden otherwise")
@ValidationRule(
    value =
        "has(self.type) && self.type == 'TracePoint' ? has(self.tracepoint) : !has(self.tracepoint)",
    message = "tracepoint is required when type is TracePoint, and forbidden otherwise")
public class ApplicationProgram {
  @Required
  @Size(min = 1, max = 64)
  @Pattern(Patterns.FUNCTION)
  private @Nullable String name;

  @Required private @Nullable ApplicationProgramType type;

  private @Nullable XdpProgram xdp;

  private @Nullable TcProgram tc;

  private @Nullable TcxProgram tcx;

  private @Nullable FixedProgram fentry;

  private @Nullable FixedProgram fexit;

  private @Nullable KprobeProgram kprobe;

  private @Nullable KretprobeProgram kretprobe;

  private @Nullable UprobeProgram uprobe;

  private @Nullable UprobeProgram uretprobe;

  private @Nullable TracepointProgram tracepoint;

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
