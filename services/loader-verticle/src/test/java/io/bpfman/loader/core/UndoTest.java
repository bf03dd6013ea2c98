package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {
  private final List<String> done = new ArrayList<>();

  @Test
  void stepsRunLastFirstWhenNotCommitted() {
    try (Undo undo = new Undo()) {
      undo.push(() -> done.add("first"));
      undo.push(() -> done.add("second"));
    }
    assertEquals(List.of("second", "first"), done);
  }

  @Test
  void committedStepsNeverRun() {
    try (Undo undo = new Undo()) {
      undo.push(() -> done.add("first"));
      undo.commit();
    }
    assertEquals(List.of(), done);
  }

  @Test
  void failingStepDoesNotKeepTheOthersFromRunning() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (Undo undo = new Undo()) {
                undo.push(() -> done.add("first"));
                undo.push(() -> fail("second"));
                undo.push(() -> fail("third"));
              }
            });
    assertEquals(List.of("first"), done);
    assertEquals("third", thrown.getMessage());
    assertEquals("second", thrown.getSuppressed()[0].getMessage());
  }

  private static void fail(String name) {
    throw new IllegalStateException(name);
  }
}
