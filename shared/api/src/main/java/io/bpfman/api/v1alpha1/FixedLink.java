package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** An attachment to the function that the program was loaded for. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"mode"})
public class FixedLink {
  @Required private @Nullable AttachMode mode;

  public @Nullable AttachMode getMode() {
    return mode;
  }

  public void setMode(@Nullable AttachMode mode) {
    this.mode = mode;
  }
}
