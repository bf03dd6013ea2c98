package io.bpfman.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramTypeTest {
  @Test
  void spellingsLeadBackToTheirType() {
    for (ProgramType type : ProgramType.values()) {
      assertEquals(Optional.of(type), ProgramType.ofCliName(type.cliName()));
      assertEquals(Optional.of(type), ProgramType.ofResourceName(type.resourceName()));
    }
  }

  @Test
  void wireNumberOfAProbeMeansTheEntryProbe() {
    assertEquals(Optional.of(ProgramType.KPROBE), ProgramType.ofWireNumber(3));
    assertEquals(Optional.of(ProgramType.UPROBE), ProgramType.ofWireNumber(4));
    assertTrue(ProgramType.ofWireNumber(9).isEmpty());
  }

  @Test
  void typesFixedAtLoadNeedTheirTarget() {
    BpfmanException e =
        assertThrows(BpfmanException.class, () -> new ProgramSpec("f", ProgramType.FENTRY, ""));
    assertEquals(FailureCode.INVALID_REQUEST, e.code());
  }

  @Test
  void idsOutsideThirtyTwoBitsAreRefused() {
    assertThrows(BpfmanException.class, () -> new ProgramId(0));
    assertThrows(BpfmanException.class, () -> new LinkId(1L << 32));
    assertEquals("4294967295", new LinkId(4294967295L).toString());
  }
}
