package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.model.FailureCode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Strict reading of manifests: unknown fields, wrong types and broken rules are problems with file,
 * line, column and path. Of one document first all problems of form are reported, and when there
 * are none, all broken rules. A manifest has at most 1 MiB.
 */
public final class ManifestReader {
  private ManifestReader() {}

  /**
   * The applications of one file in file order, valid and with defaults filled in; none for a file
   * without documents. Throws {@link FailureCode#MANIFEST_INVALID} with a line for each problem.
   * Blocks on file access.
   */
  public static List<ClusterBpfApplication> readFile(Path file) {
    return checkFile(file).orThrow();
  }

  /** As {@link #readFile} with problems as data. */
  public static ManifestContent checkFile(Path file) {
    try {
      return check(file.toString(), YamlText.read(file));
    } catch (ManifestSyntaxException e) {
      return new ManifestContent(List.of(), List.of(e.problem()));
    }
  }

  /**
   * As {@link #readFile} for text.
   *
   * @param source name for messages
   */
  public static List<ClusterBpfApplication> readText(String source, String text) {
    return check(source, text).orThrow();
  }

  /** As {@link #readText} with problems as data. */
  public static ManifestContent check(String source, String text) {
    List<ManifestProblem> problems = new ArrayList<>();
    List<ClusterBpfApplication> applications =
        documents(source, text, ManifestKind.OF_A_HOST, problems).stream()
            .map(ClusterBpfApplication.class::cast)
            .toList();
    return new ManifestContent(applications, List.copyOf(problems));
  }

  /** As {@link #readFile} for all kinds that people write, also those that only a cluster has. */
  public static List<HasMetadata> readResources(Path file) {
    try {
      return readResources(file.toString(), YamlText.read(file));
    } catch (ManifestSyntaxException e) {
      throw ManifestContent.invalid(List.of(e.problem()));
    }
  }

  /**
   * As {@link #readResources(Path)} for text.
   *
   * @param source name for messages
   */
  public static List<HasMetadata> readResources(String source, String text) {
    List<ManifestProblem> problems = new ArrayList<>();
    List<HasMetadata> resources = documents(source, text, ManifestKind.OF_A_CLUSTER, problems);
    if (!problems.isEmpty()) {
      throw ManifestContent.invalid(problems);
    }
    return resources;
  }

  /**
   * Text of a stream, which is not closed; MANIFEST_INVALID when it is too long or no UTF-8.
   *
   * @param source name for messages
   */
  public static String text(String source, InputStream in) {
    try {
      return YamlText.read(source, in);
    } catch (ManifestSyntaxException e) {
      throw ManifestContent.invalid(List.of(e.problem()));
    }
  }

  private static List<HasMetadata> documents(
      String source, String text, List<ManifestKind<?>> kinds, List<ManifestProblem> problems) {
    List<HasMetadata> resources = new ArrayList<>();
    try {
      Map<String, ManifestProblem> names = new HashMap<>();
      for (YamlDocument yaml : YamlText.documents(source, text)) {
        for (YamlDocument item : ManifestList.expand(yaml)) {
          ManifestDocument document = ManifestDocument.read(item, kinds);
          problems.addAll(document.problems());
          document.resource().ifPresent(resources::add);
          document.nameUsedBefore(names).ifPresent(problems::add);
        }
      }
    } catch (ManifestSyntaxException e) {
      problems.add(e.problem());
    }
    return List.copyOf(resources);
  }
}
