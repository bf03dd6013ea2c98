package io.bpfman.agent;

import io.bpfman.testkit.ReadmeTables;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AgentReadmeTest {
  @Test
  void readmeListsTheDeclaredSettings() {
    ReadmeTables.check(Path.of("README.md"), Main.SERVICE.allKeys());
  }
}
