package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State of an XDP link. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"proceedOn"})
public class XdpLinkStatus extends NetworkLinkStatus {
  @Required
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private @Nullable List<XdpProceedOn> proceedOn;

  public @Nullable List<XdpProceedOn> getProceedOn() {
    return proceedOn;
  }

  public void setProceedOn(@Nullable List<XdpProceedOn> proceedOn) {
    this.proceedOn = proceedOn;
  }
}
