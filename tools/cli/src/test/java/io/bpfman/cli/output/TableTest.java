package io.bpfman.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    assertEquals(
        "ID  NAME\n100 a\n".replace("100 a", "100  a").replace("ID  NAME", "ID   NAME"),
        new Table("ID", "NAME").row("100", "a").text());
  }

  @Test
  void aTableWithoutRowsPrintsNothing() {
    assertEquals("", new Table("ID", "NAME").text());
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Table("ID").row("1", "2"));
  }

  @Test
  void treesAlignValuesWithinTheirSection() {
    Tree inner = new Tree().field("A", "1").field("Longer", "2").note("(none)");
    assertEquals(
        "Top:\n  A:      1\n  Longer: 2\n  (none)\nX: y\n",
        new Tree().section("Top", inner).field("X", "y").text());
  }
}
