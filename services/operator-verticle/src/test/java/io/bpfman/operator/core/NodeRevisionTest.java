package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.model.Bytes;
import org.junit.jupiter.api.Test;

class NodeRevisionTest {
  private static final Bytes A = Bytes.ofHex("aa");
  private static final Bytes B = Bytes.ofHex("bb");

  @Test
  void startsAtOneEvenWithNothingWanted() {
    assertEquals(1, NodeRevision.none().advance(A).revision());
    assertEquals(1, NodeRevision.none().advance(Bytes.of()).revision());
  }

  @Test
  void theSameContentKeepsItsNumber() {
    assertEquals(1, NodeRevision.none().advance(A).advance(A).revision());
  }

  @Test
  void contentThatComesBackGetsANewNumber() {
    assertEquals(3, NodeRevision.none().advance(A).advance(B).advance(A).revision());
  }
}
