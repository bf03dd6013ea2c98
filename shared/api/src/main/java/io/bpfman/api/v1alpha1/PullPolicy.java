package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When an image is fetched. */
public enum PullPolicy {
  @JsonProperty("Always")
  ALWAYS(0),
  @JsonProperty("Never")
  NEVER(2),
  @JsonProperty("IfNotPresent")
  IF_NOT_PRESENT(1);

  private final int number;

  PullPolicy(int number) {
    this.number = number;
  }

  /** Number of bpfman.v1.BytecodeImage.image_pull_policy. */
  public int number() {
    return number;
  }
}
