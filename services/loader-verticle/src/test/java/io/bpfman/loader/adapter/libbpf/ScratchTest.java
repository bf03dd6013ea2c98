package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.junit.jupiter.api.Test;

class ScratchTest {
  private final LibC c =
      LibraryLoader.create(LibC.class).load(Platform.getNativePlatform().getStandardCLibraryName());
  private final ScratchBlocks blocks = new ScratchBlocks(c);

  private Scratch scratch() {
    return new Scratch(c, Runtime.getRuntime(c), blocks);
  }

  @Test
  void memoryThatWasUsedBeforeIsZeroedAgain() {
    long first;
    try (Scratch memory = scratch()) {
      Pointer block = memory.zeroed(200);
      first = block.address();
      block.setMemory(0, 200, (byte) 0xA5);
    }
    try (Scratch memory = scratch()) {
      Pointer block = memory.zeroed(200);
      assertEquals(first, block.address());
      assertArrayEquals(new byte[200], bytes(block, 200));
    }
  }

  @Test
  void piecesDoNotOverlapHoweverManyThereAre() {
    try (Scratch memory = scratch();
        Scratch nested = scratch()) {
      List<Pointer> pieces = new ArrayList<>();
      for (int size = 1; size <= 400; size += 7) {
        pieces.add(memory.zeroed(size));
        pieces.add(nested.zeroed(size));
      }
      pieces.add(memory.zeroed(100_000));
      for (int i = 0; i < pieces.size(); i++) {
        pieces.get(i).setMemory(0, pieces.get(i).size(), (byte) i);
      }
      for (int i = 0; i < pieces.size(); i++) {
        for (byte value : bytes(pieces.get(i), (int) pieces.get(i).size())) {
          assertEquals((byte) i, value);
        }
      }
    }
  }

  @Test
  void piecesAreAlignedAndEndWhereTheyWereAskedToEnd() {
    try (Scratch memory = scratch()) {
      memory.zeroed(3);
      Pointer second = memory.zeroed(8);
      assertEquals(0, second.address() % 16);
      assertThrows(IndexOutOfBoundsException.class, () -> second.getInt(8));
    }
  }

  @Test
  void textsEndWithZero() {
    try (Scratch memory = scratch()) {
      Pointer text = memory.text("ü/x");
      assertEquals("ü/x", text.getString(0));
      assertTrue(text.getByte(4) == 0 && text.size() == 5);
    }
  }

  private static byte[] bytes(Pointer from, int count) {
    byte[] content = new byte[count];
    from.get(0, content, 0, count);
    return content;
  }
}
