package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.Place;

/** One value that was found and set; {@code before} equals {@code after} when it was right. */
public record Change(Place place, String before, String after) {
  /** True when the value differs. */
  public boolean isReal() {
    return !before.equals(after);
  }
}
