package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.bpfman.model.Direction;

/** Directions of traffic in the spelling of the custom resources. */
public enum TrafficDirection {
  @JsonProperty("Ingress")
  INGRESS(Direction.INGRESS),
  @JsonProperty("Egress")
  EGRESS(Direction.EGRESS);

  private final Direction direction;

  TrafficDirection(Direction direction) {
    this.direction = direction;
  }

  /** The direction. */
  public Direction direction() {
    return direction;
  }
}
