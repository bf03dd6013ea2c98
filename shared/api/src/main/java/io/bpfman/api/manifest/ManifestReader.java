package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

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
    List<ClusterBpfApplication> applications = new ArrayList<>();
    try {
      Map<String, ManifestProblem> names = new HashMap<>();
      for (Node node : YamlText.compose(source, text)) {
        ApplicationDocument document = ApplicationDocument.read(source, node);
        problems.addAll(document.problems());
        document.application().ifPresent(applications::add);
        document.nameUsedBefore(names).ifPresent(problems::add);
      }
    } catch (ManifestSyntaxException e) {
      problems.add(e.problem());
    }
    return new ManifestContent(List.copyOf(applications), List.copyOf(problems));
  }
}
