package io.bpfman.operator;

import io.bpfman.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class OperatorArchitectureTest {
  @Test
  void theDesignsRulesHold() {
    ArchitectureRules.check("io.bpfman.operator");
  }
}
