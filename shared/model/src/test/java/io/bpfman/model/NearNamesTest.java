package io.bpfman.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearNamesTest {
  @Test
  void nearestComeFirst() {
    List<String> names = List.of("sys_enter_open", "sys_enter_openat", "sched_switch");
    assertEquals(
        List.of("sys_enter_openat", "sys_enter_open"), NearNames.of("sys_entr_openat", names, 2));
  }

  @Test
  void upToTwelveKnownWordsAreShownWholeNearestFirst() {
    assertEquals(
        "known: k3, k1, k2, k4, k5, k6, k7, k8, k9, k10, k11, k12",
        NearNames.known("k3", words(12)));
    assertEquals("known: none", NearNames.known("k3", List.of()));
  }

  @Test
  void aLongerListIsCutAndSaysSo() {
    assertEquals(
        "nearest: k3, k1, k13, k2, k4, k5, k6, k7 and 5 more", NearNames.known("k3", words(13)));
  }

  private static List<String> words(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> "k" + number).toList();
  }

  @Test
  void nothingToChooseFromIsNothing() {
    assertEquals(List.of(), NearNames.of("x", List.of(), 3));
    assertEquals("none", NearNames.list(List.of()));
  }
}
