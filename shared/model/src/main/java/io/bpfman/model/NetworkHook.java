package io.bpfman.model;

import org.jspecify.annotations.Nullable;

/**
 * An interface in a network namespace.
 *
 * @param interfaceName name inside the namespace
 * @param netns path of the namespace; null is the daemon's own
 */
public record NetworkHook(String interfaceName, @Nullable String netns) {
  @Override
  public String toString() {
    return netns == null ? interfaceName : interfaceName + " in " + netns;
  }
}
