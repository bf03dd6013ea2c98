package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
  /** What the command line answers to words and flags that it does not know. */
  private static final int USAGE = 80;

  @TempDir Path manifests;

  @Test
  void everyCommandInTheReadmesIsUnderstood() throws IOException {
    Path root = Path.of(System.getProperty("bpfman.root"));
    List<String> commands = commands(root.resolve("README.md"));
    assertTrue(commands.size() >= 8, "only found " + commands);
    for (String command : commands) {
      CliHarness.Result result =
          new CliHarness()
              .run(Map.of("BPFMAN_MANIFESTS", manifests.toString()), command.split(" +"));
      assertNotEquals(USAGE, result.code(), "bpfman " + command + ": " + result.err());
    }
  }

  /** Lines of code blocks that start with bpfman, without that word and without comments. */
  private static List<String> commands(Path readme) throws IOException {
    return Files.readAllLines(readme).stream()
        .filter(line -> line.startsWith("bpfman "))
        .map(line -> line.substring("bpfman ".length()).replaceAll("\\s+#.*", "").strip())
        .filter(line -> !line.startsWith("serve"))
        .toList();
  }
}
