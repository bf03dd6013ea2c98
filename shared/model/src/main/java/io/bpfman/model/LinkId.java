package io.bpfman.model;

/**
 * Link id of the daemon's own counter: 1 to 2^32 - 1, never used twice. Not the kernel's link id.
 */
public record LinkId(long value) implements Comparable<LinkId> {
  public LinkId {
    Ids.requireUnsigned32("link id", value);
  }

  @Override
  public int compareTo(LinkId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
