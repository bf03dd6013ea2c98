package io.bpfman.model;

/** Kernel program id: 1 to 2^32 - 1, unique until the next boot. */
public record ProgramId(long value) implements Comparable<ProgramId> {
  public ProgramId {
    Ids.requireUnsigned32("program id", value);
  }

  @Override
  public int compareTo(ProgramId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
