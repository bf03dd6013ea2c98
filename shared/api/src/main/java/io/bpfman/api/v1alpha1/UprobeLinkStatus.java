package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** State of a uprobe or uretprobe link. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"target", "function", "offset", "pid", "containerPid"})
public class UprobeLinkStatus extends LinkStatus {
  @Required private @Nullable String target;

  private @Nullable String function;

  @Default("0")
  private @Nullable Long offset;

  private @Nullable Integer pid;

  private @Nullable Integer containerPid;

  public @Nullable String getTarget() {
    return target;
  }

  public void setTarget(@Nullable String target) {
    this.target = target;
  }

  public @Nullable String getFunction() {
    return function;
  }

  public void setFunction(@Nullable String function) {
    this.function = function;
  }

  /** Bytes from the start of the function, or of the file where there is none; absent means 0. */
  public @Nullable Long getOffset() {
    return offset;
  }

  public void setOffset(@Nullable Long offset) {
    this.offset = offset;
  }

  /** Absent means all processes. */
  public @Nullable Integer getPid() {
    return pid;
  }

  public void setPid(@Nullable Integer pid) {
    this.pid = pid;
  }

  /** Absent means that no container was selected. */
  public @Nullable Integer getContainerPid() {
    return containerPid;
  }

  public void setContainerPid(@Nullable Integer containerPid) {
    this.containerPid = containerPid;
  }
}
