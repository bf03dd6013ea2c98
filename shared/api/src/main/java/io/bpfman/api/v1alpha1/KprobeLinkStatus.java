package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** State of a kprobe link. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"function", "offset"})
public class KprobeLinkStatus extends LinkStatus {
  @Required private @Nullable String function;

  @Default("0")
  private @Nullable Long offset;

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
}
