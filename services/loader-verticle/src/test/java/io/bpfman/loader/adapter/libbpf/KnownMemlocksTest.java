package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KnownMemlocksTest {
  private final KnownMemlocks known = new KnownMemlocks();
  private int reads;

  private long ask(long id, long loadTime) {
    return known.of(
        id,
        loadTime,
        () -> {
          reads++;
          return 4096L * reads;
        });
  }

  @Test
  void theKernelIsAskedOnceForEachProgram() {
    assertEquals(4096, ask(7, 1000));
    assertEquals(8192, ask(8, 1000));
    assertEquals(4096, ask(7, 1000));
    assertEquals(8192, ask(8, 1000));
    assertEquals(2, reads);
  }

  @Test
  void aProgramThatTookOverAnIdIsAskedForAnew() {
    assertEquals(4096, ask(7, 1000));
    assertEquals(8192, ask(7, 2000));
  }

  @Test
  void onlyTheProgramsAskedForLastAreKept() {
    ask(0, 1);
    for (int id = 1; id <= 4096; id++) {
      ask(id, 1);
    }
    int before = reads;
    ask(4096, 1);
    assertEquals(before, reads);
    ask(0, 1);
    assertEquals(before + 1, reads);
  }
}
