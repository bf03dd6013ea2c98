package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How far the nodes of an application are; each node that its selector matches is counted once. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"selected", "ready", "pending", "failing"})
public class NodeCounts {
  @Min(0)
  private @Nullable Integer selected;

  @Min(0)
  private @Nullable Integer ready;

  @Min(0)
  private @Nullable Integer pending;

  @Min(0)
  private @Nullable Integer failing;

  /** Nodes that the selector matches. */
  public @Nullable Integer getSelected() {
    return selected;
  }

  public void setSelected(@Nullable Integer selected) {
    this.selected = selected;
  }

  /** Selected nodes on which every program is loaded and attached. */
  public @Nullable Integer getReady() {
    return ready;
  }

  public void setReady(@Nullable Integer ready) {
    this.ready = ready;
  }

  /** Selected nodes that have not finished, or have not been heard of. */
  public @Nullable Integer getPending() {
    return pending;
  }

  public void setPending(@Nullable Integer pending) {
    this.pending = pending;
  }

  /** Selected nodes on which something failed. */
  public @Nullable Integer getFailing() {
    return failing;
  }

  public void setFailing(@Nullable Integer failing) {
    this.failing = failing;
  }
}
