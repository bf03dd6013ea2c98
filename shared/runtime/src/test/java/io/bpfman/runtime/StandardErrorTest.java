package io.bpfman.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class StandardErrorTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final CountDownLatch readerComes = new CountDownLatch(1);

  /** A pipe whose reader comes late. */
  private final OutputStream pipe =
      new OutputStream() {
        @Override
        public void write(int value) {
          awaitReader();
          written.write(value);
        }
      };

  private void awaitReader() {
    try {
      readerComes.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void linesComeOutWholeAndInOrder() {
    readerComes.countDown();
    StandardError error = new StandardError(pipe);
    PrintStream out = print(error);
    out.print("first ");
    out.println("line");
    out.println("second");
    error.close();
    assertEquals("first line\nsecond\n", text());
  }

  @Test
  void writersGoOnWhenNobodyReadsAndTheNumberOfDroppedLinesIsTold() {
    StandardError error = new StandardError(pipe);
    PrintStream out = print(error);
    int lines = 3 * StandardError.MAX_LINES;
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < lines; i++) {
            out.println("line " + i);
          }
        });
    readerComes.countDown();
    error.close();

    long kept = text().lines().filter(line -> line.startsWith("line ")).count();
    assertTrue(kept <= StandardError.MAX_LINES + 1L, kept + " lines were kept");
    assertTrue(text().contains((lines - kept) + " log lines were dropped"), text());
  }

  @Test
  void lineWithoutEndIsCut() {
    readerComes.countDown();
    StandardError error = new StandardError(pipe);
    print(error).println("x".repeat(1 << 20));
    error.close();
    assertEquals(StandardError.MAX_LINE_BYTES, text().length());
  }

  private static PrintStream print(StandardError error) {
    return new PrintStream(error.stream(), true, StandardCharsets.UTF_8);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
