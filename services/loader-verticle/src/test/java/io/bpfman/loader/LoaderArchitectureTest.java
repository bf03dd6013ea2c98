package io.bpfman.loader;

import io.bpfman.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class LoaderArchitectureTest {
  @Test
  void theDesignsRulesHold() {
    ArchitectureRules.check("io.bpfman.loader");
  }
}
