package io.bpfman.cli.manifest;

import io.bpfman.api.manifest.ManifestLayout;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator wrote about the applications: {@code <manifests>/.status/<plural>/<name>.yaml}.
 */
final class StatusDirectory {
  private final Path manifests;

  StatusDirectory(Path manifests) {
    this.manifests = manifests;
  }

  /** Applications with status, by name. */
  List<YamlTree> applications() {
    return objects(ManifestLayout.applicationStatuses(manifests));
  }

  /** One for each application and node, by name. */
  List<YamlTree> states() {
    return objects(ManifestLayout.states(manifests));
  }

  /** What the operator found wrong with the manifests, one line each. */
  List<String> problems() {
    Path file = ManifestLayout.problems(manifests);
    if (!Files.exists(file)) {
      return List.of();
    }
    return YamlTree.documents(file).stream()
        .flatMap(document -> document.items("problems").stream())
        .map(
            problem ->
                "%s:%s: %s %s"
                    .formatted(
                        problem.text("source"),
                        problem.text("line"),
                        problem.text("path"),
                        problem.text("message")))
        .toList();
  }

  private static List<YamlTree> objects(Path kind) {
    try (Stream<Path> entries = Files.list(kind)) {
      return entries
          .filter(ManifestLayout::isManifest)
          .sorted()
          .flatMap(file -> YamlTree.documents(file).stream())
          .toList();
    } catch (NoSuchFileException noneYet) {
      return List.of();
    } catch (IOException unreadable) {
      throw FailureCode.STORE_FAILED.because("cannot read " + kind, "", unreadable);
    }
  }
}
