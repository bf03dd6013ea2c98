package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle and the catalog of this project, made as the Makefile does. */
class OwnOlmTest {
  private static final Path ROOT = NudgeHarness.project();

  @Test
  void theCommittedBundleIsWhatTheManifestsGive() {
    assertClean(run(words("BUNDLE_FLAGS", "bundle", "--check", "--output", "olm/bundle")));
  }

  @Test
  void theCommittedCatalogIsWhatTheBundleGives() {
    assertClean(
        run(
            words(
                "CATALOG_FLAGS", "catalog", "--check", "--output", "olm/catalog/bpfman-operator")));
  }

  @Test
  void anUpdateWithTheNudgeFilesChangesNothing() {
    String csv = "olm/bundle/manifests/bpfman-operator.clusterserviceversion.yaml";
    assertClean(run("update-bundle", "--check", "--csv-file", csv, "--nudge-files", "nudge-files"));
    assertClean(
        run(
            "update-catalog", "--check",
            "--index-file", "olm/catalog/bpfman-operator/index.yaml",
            "--bundle-dir", "olm/bundle",
            "--nudge-files", "nudge-files"));
  }

  @Test
  void nothingIsWrongWithThem() {
    Result result = NudgeHarness.run("validate", "--root", ROOT.toString());
    assertEquals(0, result.code(), result.out() + result.err());
    assertTrue(result.out().contains("\n0 errors, "), result.out());
    assertFalse(result.out().contains("trigger-without-file"), result.out());
  }

  @Test
  void twoRunsGiveTheSameBytesAndOnlyTheTimeAskedForDiffers(@TempDir Path directory) {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    Path timed = directory.resolve("timed");
    assertClean(run(words("BUNDLE_FLAGS", "bundle", "--output", first.toString())));
    assertClean(run(words("BUNDLE_FLAGS", "bundle", "--output", second.toString())));
    assertClean(
        run(
            words(
                "BUNDLE_FLAGS",
                "bundle",
                "--source-date-epoch",
                "0",
                "--output",
                timed.toString())));
    Map<String, String> made = NudgeHarness.tree(first);
    assertEquals(made, NudgeHarness.tree(second));
    Map<String, String> other = NudgeHarness.tree(timed);
    String csv = "manifests/bpfman-operator.clusterserviceversion.yaml";
    assertTrue(other.get(csv).contains("createdAt: \"1970-01-01T00:00:00Z\""));
    other.replaceAll((name, text) -> text.replaceAll("createdAt: .*", "createdAt"));
    made.replaceAll((name, text) -> text.replaceAll("createdAt: .*", "createdAt"));
    assertEquals(made, other);
  }

  @Test
  void theVersionIsThatOfTheProject() {
    String base = NudgeHarness.read(ROOT.resolve("olm/bases/clusterserviceversion.yaml"));
    String version =
        NudgeHarness.read(ROOT.resolve("pom.xml"))
            .replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");
    assertTrue(base.contains("\n  version: " + version + "\n"), version);
  }

  /** A command with the flags that a variable of the Makefile holds. */
  private static String[] words(String variable, String command, String... more) {
    String flags =
        NudgeHarness.read(ROOT.resolve("Makefile"))
            .replace("\\\n", " ")
            .lines()
            .filter(line -> line.startsWith(variable + " := "))
            .map(line -> line.substring((variable + " := ").length()))
            .findFirst()
            .orElseThrow();
    return (command + " " + flags.strip() + " " + String.join(" ", more)).split("\\s+");
  }

  /** Paths of the arguments are below the root. */
  private static Result run(String... arguments) {
    return NudgeHarness.run(
        Arrays.stream(arguments)
            .map(word -> word.matches("(?:olm|k8s|nudge-files)(?:/.*)?") ? ROOT + "/" + word : word)
            .toArray(String[]::new));
  }

  private static void assertClean(Result result) {
    assertEquals(0, result.code(), result.out() + result.err());
  }
}
