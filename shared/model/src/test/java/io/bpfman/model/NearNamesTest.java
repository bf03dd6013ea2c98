package io.bpfman.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {
  @Test
  void nearestComeFirst() {
    List<String> names = List.of("sys_enter_open", "sys_enter_openat", "sched_switch");
    assertEquals(
        List.of("sys_enter_openat", "sys_enter_open"), NearNames.of("sys_entr_openat", names, 2));
  }

  @Test
  void nothingToChooseFromIsNothing() {
    assertEquals(List.of(), NearNames.of("x", List.of(), 3));
    assertEquals("none", NearNames.list(List.of()));
  }
}
