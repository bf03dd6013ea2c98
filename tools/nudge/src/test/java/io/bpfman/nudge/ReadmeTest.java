package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final int USAGE = 80;

  @Test
  void everyCommandInTheReadmeIsUnderstoodAndEveryCommandIsInIt() {
    Path readme = NudgeHarness.project().resolve("tools/nudge/README.md");
    List<String> commands =
        NudgeHarness.read(readme)
            .lines()
            .filter(line -> line.startsWith("bpfman-nudge "))
            .map(line -> line.substring("bpfman-nudge ".length()))
            .toList();
    assertTrue(commands.size() >= 8, commands.toString());
    for (String command : commands) {
      // Files of the example are looked for in the module's directory, where they are not.
      Result result = NudgeHarness.run((command + " --help").split(" +"));
      assertNotEquals(USAGE, result.code(), command + ": " + result.err());
    }
    String help = NudgeHarness.run("--help").out();
    List<String> words =
        help.lines()
            .filter(line -> line.matches("  [a-z-]+  .*"))
            .map(line -> line.strip().split(" ")[0])
            .toList();
    assertTrue(words.size() >= 8, help);
    for (String word : words) {
      assertTrue(NudgeHarness.read(readme).contains("| `" + word), "README has no " + word);
    }
  }
}
