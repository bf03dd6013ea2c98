package io.bpfman.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private Screen screen(boolean terminal) {
    return new Screen(
        new PrintStream(written, true, StandardCharsets.UTF_8), terminal, 10, System.nanoTime());
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutATerminalNothingIsColouredOrErased() {
    Screen screen = screen(false);
    screen.table(List.of("HEAD", "a long row that is not cut"));
    screen.notice("ended");
    screen.table(List.of("HEAD", "row"));
    assertFalse(text().contains("\033"), text());
    assertTrue(text().contains("a long row that is not cut\n"), text());
  }

  @Test
  void onATerminalTheTableIsDrawnOverItselfAndStaysBelowNewLines() {
    Screen screen = screen(true);
    screen.table(List.of("HEAD", "0123456789ABC"));
    screen.line("said");
    assertEquals(
        "\033[1mHEAD\033[0m\n0123456789\n\033[2A\033[Jsaid\n\033[1mHEAD\033[0m\n0123456789\n",
        text());
  }

  @Test
  void aSettledTableIsNotDrawnOver() {
    Screen screen = screen(true);
    screen.table(List.of("HEAD"));
    screen.settle();
    screen.line("below");
    assertEquals("\033[1mHEAD\033[0m\nbelow\n", text());
  }
}
