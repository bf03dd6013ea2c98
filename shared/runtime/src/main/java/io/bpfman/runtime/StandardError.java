package io.bpfman.runtime;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Standard error that never holds up who writes to it. Lines wait in a queue of {@value #MAX_LINES}
 * for a thread of their own; where nobody reads the other end of a pipe, later lines are dropped
 * and a line says how many. Thread-safe.
 */
public final class StandardError implements AutoCloseable {
  static final int MAX_LINES = 1000;

  /** Longer lines are cut; bounds the queue to 16 MiB, stack traces come line by line. */
  static final int MAX_LINE_BYTES = 16_384;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final OutputStream target;
  private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(MAX_LINES);
  private final AtomicLong dropped = new AtomicLong();

  /** What the writing thread does next: bytes to write, or somebody who waits for it. */
  private record Line(byte[] content, CountDownLatch written) {}

  StandardError(OutputStream target) {
    this.target = target;
    Thread.ofPlatform().daemon().name("stderr").start(this::writeAll);
  }

  /** Takes the place of {@link System#err} for the rest of the process. */
  public static StandardError install() {
    StandardError error = new StandardError(new FileOutputStream(FileDescriptor.err));
    System.setErr(new PrintStream(error.stream(), true, StandardCharsets.UTF_8));
    return error;
  }

  /** Collects bytes up to the end of a line. */
  OutputStream stream() {
    return new OutputStream() {
      private final ByteArrayOutputStream line = new ByteArrayOutputStream();

      @Override
      public synchronized void write(int value) {
        if (value == '\n' || line.size() < MAX_LINE_BYTES - 1) {
          line.write(value);
        }
        if (value == '\n') {
          add(line.toByteArray());
          line.reset();
        }
      }
    };
  }

  private void add(byte[] content) {
    if (!lines.offer(new Line(content, new CountDownLatch(1)))) {
      dropped.incrementAndGet();
    }
  }

  private void writeAll() {
    try {
      while (true) {
        Line line = lines.take();
        long missing = lines.isEmpty() ? dropped.getAndSet(0) : 0;
        write(line.content);
        if (missing > 0) {
          write(
              "%d log lines were dropped: nobody read standard error\n"
                  .formatted(missing)
                  .getBytes(StandardCharsets.UTF_8));
        }
        line.written.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(byte[] content) {
    try {
      target.write(content);
      target.flush();
    } catch (IOException closed) {
      // The reader is gone; there is no other place to say so, and the next line is tried again.
      dropped.incrementAndGet();
    }
  }

  /** Waits until what was written before is out, at most one second. It can be used afterwards. */
  @Override
  public void close() {
    Line last = new Line(new byte[0], new CountDownLatch(1));
    try {
      long limit = CLOSE_LIMIT.toMillis();
      if (lines.offer(last, limit, TimeUnit.MILLISECONDS)
          && !last.written.await(limit, TimeUnit.MILLISECONDS)) {
        lines.remove(last);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
