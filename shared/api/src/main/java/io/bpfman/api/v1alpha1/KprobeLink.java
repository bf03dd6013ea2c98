package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An attachment to a kernel function. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"function", "offset"})
public class KprobeLink {
  @Required
  @Size(min = 1, max = 64)
  @Pattern(Patterns.FUNCTION)
  private @Nullable String function;

  @Default("0")
  private @Nullable Long offset;

  /** 1 to 64 characters. */
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
