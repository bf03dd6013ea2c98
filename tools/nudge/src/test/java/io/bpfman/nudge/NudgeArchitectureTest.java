package io.bpfman.nudge;

import io.bpfman.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class NudgeArchitectureTest {
  @Test
  void theDesignsRulesHold() {
    ArchitectureRules.check("io.bpfman.nudge");
  }
}
