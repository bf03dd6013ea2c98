package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State of a TC link. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"direction", "proceedOn"})
public class TcLinkStatus extends NetworkLinkStatus {
  @Required private @Nullable TrafficDirection direction;

  @Required
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private @Nullable List<TcProceedOn> proceedOn;

  public @Nullable TrafficDirection getDirection() {
    return direction;
  }

  public void setDirection(@Nullable TrafficDirection direction) {
    this.direction = direction;
  }

  public @Nullable List<TcProceedOn> getProceedOn() {
    return proceedOn;
  }

  public void setProceedOn(@Nullable List<TcProceedOn> proceedOn) {
    this.proceedOn = proceedOn;
  }
}
