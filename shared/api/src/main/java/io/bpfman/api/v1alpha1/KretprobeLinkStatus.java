package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** State of a kretprobe link. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"function"})
public class KretprobeLinkStatus extends LinkStatus {
  @Required private @Nullable String function;

  public @Nullable String getFunction() {
    return function;
  }

  public void setFunction(@Nullable String function) {
    this.function = function;
  }
}
