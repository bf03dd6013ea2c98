package io.bpfman.loader.core;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Steps that take back what an operation did. Unless {@link #commit} was called, closing runs them,
 * last first, each of them whatever the others do.
 */
final class Undo implements AutoCloseable {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  void push(Runnable step) {
    steps.push(step);
  }

  /** From here on closing does nothing. */
  void commit() {
    steps.clear();
  }

  /** Throws the first failure of a step, with the others suppressed in it. */
  @Override
  public void close() {
    RuntimeException first = null;
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
