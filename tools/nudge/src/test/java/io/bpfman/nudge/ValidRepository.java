package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fixture, brought up to date with the nudge files, beside our own .tekton. */
final class ValidRepository {
  static final String CSV = "olm/bundle/manifests/bpfman-operator.clusterserviceversion.yaml";
  static final String INDEX = "olm/catalog/bpfman-operator/index.yaml";
  static final String ANNOTATIONS = "olm/bundle/metadata/annotations.yaml";
  static final String CRD = "olm/bundle/manifests/bpfman.io_configs.yaml";
  static final String CONFIG = "olm/bundle/manifests/bpfman-config_v1_configmap.yaml";

  private final Path root;

  private ValidRepository(Path root) {
    this.root = root;
  }

  static ValidRepository in(Path root) {
    NudgeHarness.fixture(root);
    for (String part : List.of(".tekton", "k8s", "nudge-files")) {
      NudgeHarness.copy(NudgeHarness.project().resolve(part), root.resolve(part));
    }
    for (String name : List.of("", "-agent", "-operator", "-operator-bundle")) {
      NudgeHarness.write(
          root.resolve("nudge-files/bpfman" + name + ".txt"),
          "quay.io/bpfman/bpfman" + name + "@" + NudgeHarness.NEW + "\n");
    }
    ValidRepository repository = new ValidRepository(root);
    repository.update("update-bundle", "--csv-file", CSV);
    repository.update("update-configmap", "--configmap-file", CONFIG);
    repository.renderCatalog();
    return repository;
  }

  Path path(String file) {
    return root.resolve(file);
  }

  /** Brings the catalog up to date with a bundle that was changed. */
  void renderCatalog() {
    update("update-catalog", "--index-file", INDEX, "--bundle-dir", path("olm/bundle").toString());
  }

  private void update(String command, String flag, String file, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                command,
                flag,
                path(file).toString(),
                "--nudge-files",
                path("nudge-files").toString()));
    all.addAll(List.of(more));
    Result result = NudgeHarness.run(all.toArray(new String[0]));
    assertEquals(0, result.code(), result.err());
  }

  Result validate(String... more) {
    List<String> all = new ArrayList<>(List.of("validate", "--root", root.toString()));
    all.addAll(List.of(more));
    return NudgeHarness.run(all.toArray(new String[0]));
  }

  /** How many findings of a rule there are. */
  long count(String rule) {
    return validate().out().lines().filter(line -> line.endsWith(" [" + rule + "]")).count();
  }

  void write(String file, String text) {
    NudgeHarness.write(path(file), text);
  }

  void replace(String file, String from, String to) {
    String text = NudgeHarness.read(path(file));
    assertTrue(text.contains(from), file + " has no " + from);
    write(file, text.replace(from, to));
  }
}
