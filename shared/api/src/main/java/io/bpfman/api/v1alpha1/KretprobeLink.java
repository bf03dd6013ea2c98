package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An attachment to the return of a kernel function. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"function"})
public class KretprobeLink {
  @Required
  @Size(min = 1, max = 64)
  @Pattern(Patterns.FUNCTION)
  private @Nullable String function;

  /** 1 to 64 characters. */
  public @Nullable String getFunction() {
    return function;
  }

  public void setFunction(@Nullable String function) {
    this.function = function;
  }
}
