package io.bpfman.loader.port;

import org.jspecify.annotations.Nullable;

/**
 * What happened to a network interface.
 *
 * @param netns path of its namespace; null is the daemon's own
 * @param index in that namespace; never used again while the namespace lives, save by wrapping
 *     around
 * @param name now, or at last
 * @param oldName before it was renamed; empty otherwise
 * @param up can carry packets: IFF_UP and IFF_RUNNING of linux/if.h
 */
public record InterfaceChange(
    What what, @Nullable String netns, int index, String name, String oldName, boolean up) {

  /** Kind of change. */
  public enum What {
    APPEARED,
    UP,
    DOWN,
    GONE,
    RENAMED
  }
}
