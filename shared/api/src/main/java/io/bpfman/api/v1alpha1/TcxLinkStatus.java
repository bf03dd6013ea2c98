package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** State of a TCX link. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"direction"})
public class TcxLinkStatus extends NetworkLinkStatus {
  @Required private @Nullable TrafficDirection direction;

  public @Nullable TrafficDirection getDirection() {
    return direction;
  }

  public void setDirection(@Nullable TrafficDirection direction) {
    this.direction = direction;
  }
}
