package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateCatalogCommandTest {
  private static final String BUNDLE = "quay.io/bpfman/bpfman-operator-bundle@" + NudgeHarness.NEW;
  private static final String OPERATOR = "quay.io/bpfman/bpfman-operator@" + NudgeHarness.NEW;

  @TempDir private Path home = Path.of("");
  private Path index = Path.of("");

  @BeforeEach
  void fixture() {
    NudgeHarness.fixture(home);
    index = home.resolve("olm/catalog/bpfman-operator/index.yaml");
  }

  private Result update(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "update-catalog", "--index-file", index.toString(), "--bundle-pullspec", BUNDLE));
    all.addAll(List.of(more));
    return NudgeHarness.run(all.toArray(new String[0]));
  }

  private String bundleDirectory() {
    return home.resolve("olm/bundle").toString();
  }

  @Test
  void withSeveralBundlesOfOneRepositoryOneMustBeNamed() {
    String before = NudgeHarness.read(index);
    Result result = update();
    assertEquals(2, result.code());
    assertTrue(
        result
            .err()
            .contains(
                "has 2 olm.bundle of quay.io/bpfman/bpfman-operator-bundle; it has"
                    + " [bpfman-operator.v0.5.0, bpfman-operator.v0.6.0]"),
        result.err());
    assertEquals(before, NudgeHarness.read(index));
  }

  @Test
  void referencesOfTheNamedBundleChangeAndOlderBundlesStay() {
    String before = NudgeHarness.read(index);
    Result result =
        update("--bundle-name", "bpfman-operator.v0.6.0", "--operator-pullspec", OPERATOR);
    assertEquals(0, result.code(), result.err());
    int newest = before.indexOf("# The newest one.");
    String expected =
        before.substring(0, newest)
            + before
                .substring(newest)
                .replaceAll("quay.io/bpfman/bpfman-operator-bundle@sha256:a{64}", BUNDLE)
                .replace("quay.io/bpfman/bpfman-operator:latest", OPERATOR);
    assertEquals(expected, NudgeHarness.read(index));
  }

  @Test
  void fromTheBundleEverythingDerivedIsRenderedAnew() {
    String before = NudgeHarness.read(index);
    Result result = update("--bundle-dir", bundleDirectory());
    assertEquals(0, result.code(), result.err());
    String after = NudgeHarness.read(index);
    int newest = before.indexOf("# The newest one.");
    assertEquals(before.substring(0, newest), after.substring(0, newest));
    YamlValue blob = YamlFile.parse("index", after).documents().getLast();
    assertEquals("bpfman-operator.v0.6.0", blob.text("name"));
    assertEquals(BUNDLE, blob.text("image"));
    List<String> types = blob.items("properties").stream().map(p -> p.text("type")).toList();
    assertEquals(List.of("olm.gvk", "olm.gvk", "olm.package", "olm.csv.metadata"), types);
    assertEquals("0.6.0", blob.items("properties").get(2).text("value", "version"));
    List<String> images = blob.items("relatedImages").stream().map(i -> i.text("image")).toList();
    assertEquals(images.stream().sorted().toList(), images);
    assertEquals(6, images.size());
    assertTrue(images.contains("quay.io/bpfman/csi-node-driver-registrar:v2.13.0"));
    assertTrue(
        blob.items("properties").get(3).text("value", "description").contains("a \u2603 and\ttab"));
  }

  @Test
  void renderingTwiceChangesNothing() {
    update("--bundle-dir", bundleDirectory());
    String once = NudgeHarness.read(index);
    assertEquals(0, update("--bundle-dir", bundleDirectory(), "--check").code());
    update("--bundle-dir", bundleDirectory());
    assertEquals(once, NudgeHarness.read(index));
  }

  @Test
  void anOperatorThatTheBundleDoesNotNameIsRefused() {
    Result result = update("--bundle-dir", bundleDirectory(), "--operator-pullspec", OPERATOR);
    assertEquals(2, result.code());
    assertTrue(result.err().contains("run update-bundle first"), result.err());
  }

  @Test
  void aBundleThatTheCatalogDoesNotHaveIsRefused() {
    Result result = update("--bundle-name", "bpfman-operator.v9.9.9");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("has 0 olm.bundle \"bpfman-operator.v9.9.9\""));
    Result none = update("--bundle-dir", home + "/nothing");
    assertEquals(2, none.code());
    assertTrue(none.err().contains("/nothing/manifests: does not exist"), none.err());
  }
}
