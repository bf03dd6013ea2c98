package io.bpfman.api.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Names of the objects in manifests, found without any knowledge of their kinds. */
public final class ManifestNames {
  private ManifestNames() {}

  /** In file order; none when the file cannot be parsed. Blocks on file access. */
  public static List<String> of(Path file) {
    try {
      return YamlText.documents(file.toString(), YamlText.read(file)).stream()
          .flatMap(document -> ManifestList.expand(document).stream())
          .flatMap(ManifestNames::name)
          .toList();
    } catch (ManifestSyntaxException _) {
      // The operator tells of it, and says what is wrong.
      return List.of();
    }
  }

  private static Stream<String> name(YamlDocument document) {
    return Nodes.member(document.root(), "metadata")
        .flatMap(metadata -> Nodes.text(metadata, "name"))
        .stream();
  }
}
