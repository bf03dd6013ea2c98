package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import io.bpfman.nudge.core.GraphRule;
import io.bpfman.nudge.core.Rule;
import io.bpfman.nudge.core.SnapshotRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A repository without a breach is changed in one place, and the rule for that place finds it. */
class RuleBreachTest {
  private static final Map<String, String> FILES =
      Map.of(
          "CSV", ValidRepository.CSV,
          "INDEX", ValidRepository.INDEX,
          "ANNOTATIONS", ValidRepository.ANNOTATIONS,
          "CRD", ValidRepository.CRD,
          "CONFIG", ValidRepository.CONFIG);

  /** Rules that other tests breach: RebuildGraphTest, GraphCommandTest, GoodCaseTest. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          GraphRule.NO_COMPONENTS.id(),
          GraphRule.NO_PIPELINES.id(),
          GraphRule.REDUNDANT_BUILDS.id(),
          "bundle-too-large",
          "bundle-large",
          "bundle-old-api",
          "related-image-missing");

  /** What the repository without a change is told; each has its good case in GoodCaseTest. */
  private static final Set<String> TOLD =
      Set.of("trigger-without-file", "redundant-builds", "image-unpinned", "practice-channel");

  @TempDir private Path root = Path.of("");
  private ValidRepository repository;

  @BeforeEach
  void repository() {
    repository = ValidRepository.in(root);
  }

  record Breach(String file, String from, String to, String rule) {
    static Breach of(String line) {
      String[] parts = line.split("\\|", -1);
      return new Breach(
          FILES.getOrDefault(parts[0], parts[0]), text(parts[1]), text(parts[2]), parts[3]);
    }

    private static String text(String field) {
      return field.replace("\\n", "\n").replace("\\p", "|");
    }
  }

  static Stream<Breach> breaches() {
    Path file = NudgeHarness.project().resolve("tools/nudge/src/test/resources/rule-breaches.csv");
    return NudgeHarness.read(file).lines().filter(line -> !line.startsWith("#")).map(Breach::of);
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void aBreachIsFoundByItsRule(Breach breach) {
    long before = TOLD.contains(breach.rule()) ? repository.count(breach.rule()) : 0;
    if (breach.from().equals("NEW")) {
      repository.write(breach.file(), breach.to());
    } else {
      repository.replace(breach.file(), breach.from(), breach.to());
    }
    Map<String, String> tree = NudgeHarness.tree(root);
    Result result = repository.validate("--strict");
    List<String> found =
        result.out().lines().filter(l -> l.endsWith(" [" + breach.rule() + "]")).toList();
    assertTrue(found.size() > before, result.out());
    assertTrue(found.stream().allMatch(line -> line.matches("[a-z]+: [^ ]+: .{10,}")));
    assertEquals(1, result.code());
    assertEquals(tree, NudgeHarness.tree(root));
  }

  @Test
  void everyRuleOfValidateHasABreach() {
    Set<String> breached = breaches().map(Breach::rule).collect(Collectors.toSet());
    breached.addAll(ELSEWHERE);
    Arrays.stream(SnapshotRule.values()).map(Rule::id).forEach(breached::add);
    assertEquals(
        new TreeSet<>(Rule.all().stream().map(Rule::id).toList()), new TreeSet<>(breached));
  }

  @Test
  void withoutABreachNoRuleFindsAnything() {
    Result result = repository.validate();
    assertEquals(0, result.code(), result.out());
    Set<String> found =
        result
            .out()
            .lines()
            .filter(line -> line.endsWith("]"))
            .map(line -> line.substring(line.lastIndexOf('[') + 1, line.length() - 1))
            .collect(Collectors.toSet());
    assertEquals(TOLD, found);
  }
}
