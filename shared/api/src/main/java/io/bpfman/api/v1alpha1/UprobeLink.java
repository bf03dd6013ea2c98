package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.RequiredInNamespace;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An attachment to a user-space function or to its return. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"target", "function", "offset", "pid", "containers"})
public class UprobeLink {
  @Required private @Nullable String target;

  @Size(min = 1, max = 64)
  @Pattern(Patterns.FUNCTION)
  private @Nullable String function;

  @Default("0")
  private @Nullable Long offset;

  private @Nullable Integer pid;

  @RequiredInNamespace private @Nullable Containers containers;

  /** Absolute path, or the bare name of a shared library. */
  public @Nullable String getTarget() {
    return target;
  }

  public void setTarget(@Nullable String target) {
    this.target = target;
  }

  /** Absent means that the offset counts from the start of the file. */
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

  /** Only this process; absent means all. */
  public @Nullable Integer getPid() {
    return pid;
  }

  public void setPid(@Nullable Integer pid) {
    this.pid = pid;
  }

  /** Absent means the host's file system; required of a BpfApplication. */
  public @Nullable Containers getContainers() {
    return containers;
  }

  public void setContainers(@Nullable Containers containers) {
    this.containers = containers;
  }
}
