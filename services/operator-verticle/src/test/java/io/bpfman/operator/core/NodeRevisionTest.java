package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.model.Bytes;
import org.junit.jupiter.api.Test;

class NodeRevisionTest {
  private static final Bytes A = Bytes.ofHex("aa");
  private static final Bytes B = Bytes.ofHex("bb");
  private static final Bytes NONE = Bytes.of();

  @Test
  void startsAtOne() {
    assertEquals(1, NodeRevision.none().advance(A, 0, NONE).revision());
  }

  @Test
  void adoptsTheAgentsRevisionOfTheSameContent() {
    assertEquals(41, NodeRevision.none().advance(A, 41, A).revision());
  }

  @Test
  void goesPastTheAgentsRevisionOfOtherContent() {
    assertEquals(42, NodeRevision.none().advance(A, 41, B).revision());
  }

  @Test
  void sendsTheSameRevisionAgainWhileTheAgentIsBehind() {
    NodeRevision sent = NodeRevision.none().advance(A, 7, B);
    assertEquals(8, sent.advance(A, 7, B).revision());
    assertEquals(8, sent.advance(A, 0, NONE).revision());
  }

  @Test
  void changedContentGetsANewNumber() {
    NodeRevision sent = NodeRevision.none().advance(A, 7, B);
    assertEquals(9, sent.advance(B, 8, A).revision());
  }

  @Test
  void neverReusesANumberThatIsStillOnItsWay() {
    NodeRevision first = NodeRevision.none().advance(A, 5, B);
    NodeRevision back = first.advance(B, 5, B);
    assertEquals(5, back.revision(), "the agent holds that already");
    assertEquals(7, back.advance(A, 5, B).revision(), "6 was given out for other content");
  }

  @Test
  void anAgentThatIsAheadWithOtherContentIsOvertaken() {
    NodeRevision sent = NodeRevision.none().advance(A, 0, NONE);
    assertEquals(10, sent.advance(A, 9, B).revision());
  }
}
