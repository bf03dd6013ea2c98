package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCommandTest {
  private static final String BUNDLE =
      "- schema: olm.bundle\n  image: quay.io/bpfman/bpfman-operator-bundle:v1\n";
  private static final String TEMPLATE =
      """
      schema: olm.template.basic
      entries:
      - schema: olm.package
        name: op
        defaultChannel: alpha
      - schema: olm.channel
        package: op
        name: alpha
        entries:
        - name: op.v1.2.3
      """;

  @TempDir private Path root;

  @BeforeEach
  void source() {
    NudgeHarness.copy(
        NudgeHarness.project().resolve("tools/nudge/src/test/resources/generate"), root);
    Result made =
        NudgeHarness.run(
            "bundle",
            "--base",
            root + "/base",
            "--manifests",
            root + "/in",
            "--nudge-files",
            root + "/nudge-files",
            "--output",
            root + "/bundle");
    assertEquals(0, made.code(), made.err());
  }

  @Test
  void theBundleIsRenderedWithThePinnedImageAndThePackageGetsItsIcon() {
    assertEquals(0, catalog(TEMPLATE + BUNDLE).code());
    String index = index();
    assertTrue(index.contains("\nname: op.v1.2.3\npackage: op\n"), index);
    assertTrue(index.contains("image: quay.io/bpfman/bpfman-operator-bundle@sha256:4444"), index);
    assertTrue(
        index.contains("base64data: \"PHN2Zy8+\"") || index.contains("base64data: PHN2Zy8+"));
    assertTrue(index.contains("type: olm.csv.metadata"), index);
    assertFalse(index.startsWith("---"), "opm takes a comment before a marker for an object");
  }

  @Test
  void anUpdateOfTheCatalogFindsNothingToDo() {
    catalog(TEMPLATE + BUNDLE);
    Result result =
        NudgeHarness.run(
            "update-catalog",
            "--check",
            "--index-file",
            root + "/catalog/index.yaml",
            "--bundle-dir",
            root + "/bundle",
            "--nudge-files",
            root + "/nudge-files");
    assertEquals(0, result.code(), result.out() + result.err());
  }

  @Test
  void aReleasedBundleStaysAsItIs() {
    String released =
        """
        - schema: olm.bundle
          name: op.v1.0.0
          package: op
          image: registry.example.com/old@sha256:%s
          properties:
          - type: olm.package
            value: {packageName: op, version: 1.0.0}
        """
            .formatted("6".repeat(64));
    assertEquals(0, catalog(TEMPLATE + released + BUNDLE).code());
    assertTrue(index().contains("registry.example.com/old@sha256:6666"), index());
    assertTrue(index().contains("version: 1.0.0"), index());
  }

  @Test
  void checkTellsOfAnOldCatalogAndWritesNothing() {
    catalog(TEMPLATE + BUNDLE);
    Path file = root.resolve("catalog/index.yaml");
    NudgeHarness.write(file, "old: true\n");
    Result result = catalog(TEMPLATE + BUNDLE, "--check");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("index.yaml: not as generated"), result.out());
    assertEquals("old: true\n", NudgeHarness.read(file));
  }

  @Test
  void aTemplateWithoutTheBundleIsRefused() {
    refused(TEMPLATE, "has 0 olm.bundle without properties; expected one");
  }

  @Test
  void aTemplateThatAsksForItTwiceIsRefused() {
    refused(TEMPLATE + BUNDLE + BUNDLE, "has 2 olm.bundle without properties");
  }

  @Test
  void anotherRepositoryIsRefused() {
    refused(
        TEMPLATE + BUNDLE.replace("-bundle:", "-other:"),
        "is of quay.io/bpfman/bpfman-operator-other");
  }

  @Test
  void aBundleWithoutImageIsRefused() {
    refused(TEMPLATE + "- schema: olm.bundle\n", "has no usable image");
  }

  @Test
  void whatIsNoTemplateIsRefused() {
    refused("schema: olm.package\nname: op\n", "is no template");
    refused("", "has 0 documents");
    refused(TEMPLATE + "---\n" + TEMPLATE, "has 2 documents");
  }

  private void refused(String template, String message) {
    Result result = catalog(template);
    assertEquals(2, result.code(), result.out());
    assertTrue(result.err().contains(message), result.err());
    assertFalse(Files.exists(root.resolve("catalog")));
  }

  private Result catalog(String template, String... more) {
    NudgeHarness.write(root.resolve("template.yaml"), template);
    String[] fixed = {
      "catalog",
      "--template",
      root + "/template.yaml",
      "--bundle-dir",
      root + "/bundle",
      "--nudge-files",
      root + "/nudge-files",
      "--output",
      root + "/catalog"
    };
    String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return NudgeHarness.run(all);
  }

  private String index() {
    return NudgeHarness.read(root.resolve("catalog/index.yaml"));
  }
}
