package io.bpfman.loader.adapter.libbpf;

/** An open file descriptor, closed once. */
final class Descriptor implements AutoCloseable {
  private final LibC c;
  private final int number;

  Descriptor(LibC c, int number) {
    this.c = c;
    this.number = number;
  }

  int number() {
    return number;
  }

  @Override
  public void close() {
    c.close(number);
  }
}
