package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Set<String> explained = Set.of("placeholder-digest", "image-unpinned", "practice-channel");
    String readme = NudgeHarness.read(ROOT.resolve("olm/README.md"));
    explained.forEach(rule -> assertTrue(readme.contains("`" + rule + "`"), rule));
    assertEquals(
        List.of(),
        result
            .out()
            .lines()
            .filter(line -> line.startsWith("warning: "))
            .filter(line -> explained.stream().noneMatch(rule -> line.endsWith("[" + rule + "]")))
            .toList());
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

  @Test
  void theSuggestedNamespaceHasTheLabelsOfTheManifest() {
    YamlValue base = document("olm/bases/clusterserviceversion.yaml");
    String template =
        base.text("metadata", "annotations", "operatorframework.io/suggested-namespace-template");
    YamlValue suggested = YamlFile.parse("template", template).documents().getFirst();
    YamlValue manifest = document("k8s/base/namespace.yaml");
    assertEquals(manifest.text("metadata", "name"), suggested.text("metadata", "name"));
    Map<String, YamlValue> labels =
        manifest.get("metadata", "labels").map(YamlValue::fields).orElseThrow();
    assertEquals(4, labels.size());
    labels.forEach(
        (name, value) ->
            assertEquals(value.text().orElse(""), suggested.text("metadata", "labels", name)));
  }

  private static YamlValue document(String file) {
    return YamlFile.parse(file, NudgeHarness.read(ROOT.resolve(file))).documents().getFirst();
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
