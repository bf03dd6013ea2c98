package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String BUNDLE = "olm/bundle/manifests/";

  @TempDir private Path root = Path.of("");
  private ValidRepository repository;

  @BeforeEach
  void repository() {
    repository = ValidRepository.in(root);
  }

  @Test
  void whatTheUpdatesMadeIsValid() {
    Result result = repository.validate();
    assertEquals(0, result.code(), result.out());
    assertTrue(result.out().contains("0 errors, "), result.out());
    assertFalse(result.out().contains("out-of-date"), result.out());
    assertFalse(result.out().contains("drift"), result.out());
  }

  @Test
  void jsonHasPlaceRuleAndSentenceOfEachFinding() {
    repository.replace("nudge-files/bpfman.txt", "sha256:b", "sha256:");
    Result result = repository.validate("-o", "json");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("\"passed\" : false"), result.out());
    assertTrue(result.out().contains("\"rule\" : \"unusable\""), result.out());
    assertTrue(result.out().contains("\"line\" : 1"), result.out());
    assertTrue(result.out().contains("digits instead of 64"), result.out());
  }

  @Test
  void aBrokenFileHidesNothingInTheOthersAndNothingIsWritten() {
    NudgeHarness.write(root.resolve(BUNDLE + "bpfman.io_configs.yaml"), "a: [\n");
    NudgeHarness.write(root.resolve("nudge-files/bpfman.txt"), "");
    Map<String, String> before = new TreeMap<>(NudgeHarness.tree(root));
    Result result = repository.validate();
    assertEquals(1, result.code());
    assertTrue(result.out().contains("bpfman.io_configs.yaml:2: broken YAML"), result.out());
    assertTrue(result.out().contains("bpfman.txt: is empty"), result.out());
    assertEquals(before, NudgeHarness.tree(root));
  }

  @Test
  void missingDirectoriesAreNamed() {
    Result result = repository.validate("--bundle", "nowhere");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("nowhere/manifests: does not exist"), result.out());
    Result none = NudgeHarness.run("validate", "--root", root + "/none");
    assertEquals(2, none.code());
    assertTrue(none.err().contains("/none: is no directory"), none.err());
  }

  @Test
  void everyRuleOfACsvWithTwoVersionsIsCheckedWithoutACrash() {
    NudgeHarness.write(
        root.resolve(BUNDLE + "second.yaml"), "kind: ClusterServiceVersion\nmetadata: {name: x}\n");
    Result result = repository.validate();
    String rules =
        result.out().lines().filter(l -> l.startsWith("error")).collect(Collectors.joining("\n"));
    assertTrue(rules.contains("has 2 ClusterServiceVersions"), rules);
  }
}
