package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.nudge.core.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTableTest {
  @Test
  void theReadmeListsEveryRuleAsItIsDeclared() {
    List<String> declared = Rule.all().stream().map(RuleTableTest::row).toList();
    List<String> listed =
        NudgeHarness.read(NudgeHarness.project().resolve("tools/nudge/README.md"))
            .lines()
            .filter(line -> line.matches("\\| `[a-z0-9-]+` \\| (?:error|warning|note) \\|.*"))
            .toList();
    assertEquals(String.join("\n", declared), String.join("\n", listed));
  }

  @Test
  void noTwoRulesHaveOneName() {
    List<String> names = Rule.all().stream().map(Rule::id).toList();
    assertEquals(names.stream().distinct().toList(), names);
  }

  private static String row(Rule rule) {
    return "| `%s` | %s | %s | %s |"
        .formatted(rule.id(), rule.severity().word(), rule.holds(), rule.source());
  }
}
