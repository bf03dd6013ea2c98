package io.bpfman.node;

import io.bpfman.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class NodeArchitectureTest {
  @Test
  void theDesignsRulesHold() {
    ArchitectureRules.check("io.bpfman.node");
  }
}
