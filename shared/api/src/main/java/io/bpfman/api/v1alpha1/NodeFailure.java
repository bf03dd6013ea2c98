package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Why an application failed on one node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"node", "reason", "message"})
public class NodeFailure {
  @Required private @Nullable String node;

  @Required private @Nullable String reason;

  @Required private @Nullable String message;

  public @Nullable String getNode() {
    return node;
  }

  public void setNode(@Nullable String node) {
    this.node = node;
  }

  /** Kind of failure, one word; the same for the same cause. */
  public @Nullable String getReason() {
    return reason;
  }

  public void setReason(@Nullable String reason) {
    this.reason = reason;
  }

  /** What failed, and the way out. */
  public @Nullable String getMessage() {
    return message;
  }

  public void setMessage(@Nullable String message) {
    this.message = message;
  }
}
