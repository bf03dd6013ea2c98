package io.bpfman.demo;

import io.bpfman.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class DemoArchitectureTest {
  @Test
  void theDesignsRulesHold() {
    ArchitectureRules.check("io.bpfman.demo");
  }
}
