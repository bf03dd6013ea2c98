package io.bpfman.cli;

import io.bpfman.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class CliArchitectureTest {
  @Test
  void theDesignsRulesHold() {
    ArchitectureRules.check("io.bpfman.cli");
  }
}
