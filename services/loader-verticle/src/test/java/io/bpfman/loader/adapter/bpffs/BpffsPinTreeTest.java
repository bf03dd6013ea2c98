package io.bpfman.loader.adapter.bpffs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpffsPinTreeTest {
  @TempDir Path root;
  private BpffsPinTree pins = new BpffsPinTree(Path.of("/nonexistent"));

  @BeforeEach
  void makeTree() {
    pins = new BpffsPinTree(root);
  }

  @Test
  void namesPinsAsUpstream() {
    assertEquals(root.resolve("prog_7"), pins.program(new ProgramId(7)));
    assertEquals(root.resolve("links/3"), pins.link(new LinkId(3)));
    assertEquals(root.resolve("maps/7"), pins.maps(new ProgramId(7)));
    assertEquals(root.resolve("shared"), pins.shared());
  }

  @Test
  void listsOnlyWhatFitsTheLayout() throws IOException {
    for (String name : List.of("prog_10", "prog_9", "prog_x", "prog_007", "prog_4294967296")) {
      Files.createFile(root.resolve(name));
    }
    Files.createDirectories(root.resolve("links"));
    Files.createFile(root.resolve("links/12"));
    Files.createFile(root.resolve("links/other"));
    Files.createDirectories(root.resolve("maps/9"));
    assertEquals(List.of(new ProgramId(9), new ProgramId(10)), pins.programPins());
    assertEquals(List.of(new LinkId(12)), pins.linkPins());
    assertEquals(List.of(new ProgramId(9)), pins.mapDirectories());
  }

  @Test
  void listsAndRemovesMapPins() throws IOException {
    Path maps = pins.maps(new ProgramId(5));
    pins.createDirectories(maps);
    Files.createFile(maps.resolve("counters"));
    assertEquals(Map.of("counters", maps.resolve("counters")), pins.mapPins(maps));
    pins.removeDirectory(maps);
    assertFalse(pins.exists(maps));
  }

  @Test
  void succeedsWhereNothingIsThere() {
    pins.remove(pins.program(new ProgramId(1)));
    pins.removeDirectory(pins.maps(new ProgramId(1)));
    assertEquals(List.of(), pins.linkPins());
    assertEquals(Map.of(), pins.mapPins(pins.shared()));
  }

  @Test
  void neverRemovesOutsideOfItsRoot() throws IOException {
    Path inner = Files.createDirectories(root.resolve("inner"));
    Path precious = Files.createFile(root.resolve("precious"));
    BpffsPinTree narrow = new BpffsPinTree(inner);
    assertThrows(BpfmanException.class, () -> narrow.remove(inner.resolve("../precious")));
    assertTrue(Files.exists(precious));
  }
}
