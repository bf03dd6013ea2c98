package io.bpfman.agent;

import io.bpfman.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class AgentArchitectureTest {
  @Test
  void theDesignsRulesHold() {
    ArchitectureRules.check("io.bpfman.agent");
  }
}
