package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Link of an fentry or fexit program on one node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"function", "links"})
public class FixedProgramStatus {
  @Required
  @Size(min = 1, max = 64)
  @Pattern(Patterns.FUNCTION)
  private @Nullable String function;

  @Size(max = 1)
  private List<FixedLinkStatus> links = new ArrayList<>();

  /** Kernel function, fixed at load; 1 to 64 characters. */
  public @Nullable String getFunction() {
    return function;
  }

  public void setFunction(@Nullable String function) {
    this.function = function;
  }

  /** At most one. */
  public List<FixedLinkStatus> getLinks() {
    return links;
  }

  /** Null counts as empty. */
  public void setLinks(@Nullable List<FixedLinkStatus> links) {
    this.links = links == null ? new ArrayList<>() : links;
  }
}
