package io.bpfman.operator;

import io.bpfman.testkit.ReadmeTables;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OperatorReadmeTest {
  @Test
  void readmeListsTheDeclaredSettings() {
    ReadmeTables.check(Path.of("README.md"), Main.SERVICE.allKeys());
  }
}
