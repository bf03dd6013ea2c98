package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One YAML document read as an application. */
final class ApplicationDocument {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ShapeChecker checker;
  private @Nullable ClusterBpfApplication application;

  private ApplicationDocument(ShapeChecker checker) {
    this.checker = checker;
  }

  static ApplicationDocument read(String source, Node root) {
    ApplicationDocument document = new ApplicationDocument(new ShapeChecker(source));
    if (!root.getTag().equals(Tag.NULL)) {
      document.bind(root);
    }
    return document;
  }

  List<ManifestProblem> problems() {
    return checker.problems();
  }

  /** Empty for an empty document and for one with problems. */
  Optional<ClusterBpfApplication> application() {
    return checker.problems().isEmpty() ? Optional.ofNullable(application) : Optional.empty();
  }

  /** Remembers the name; a problem when it was there already. */
  Optional<ManifestProblem> nameUsedBefore(Map<String, ManifestProblem> names) {
    if (application == null || application.getMetadata().getName() == null) {
      return Optional.empty();
    }
    String name = application.getMetadata().getName();
    ManifestProblem here = checker.at("metadata.name", "");
    ManifestProblem before = names.putIfAbsent(name, here);
    if (before == null) {
      return Optional.empty();
    }
    String message =
        ApiNames.APPLICATION_KIND + " \"" + name + "\" is already in line " + before.line();
    return Optional.of(checker.at("metadata.name", message));
  }

  private void bind(Node root) {
    var tree = checker.check(root, Shapes.APPLICATION);
    if (root instanceof MappingNode map) {
      expect(map, "apiVersion", ApiNames.API_VERSION);
      expect(map, "kind", ApiNames.APPLICATION_KIND);
    }
    if (tree.isEmpty() || !checker.problems().isEmpty()) {
      return;
    }
    try {
      application = MAPPER.treeToValue(tree.get(), ClusterBpfApplication.class);
    } catch (JacksonException e) {
      problems().add(checker.at("", "cannot be read: " + e.getOriginalMessage()));
      return;
    }
    ApplicationValidator.validate(application)
        .forEach(problem -> problems().add(checker.at(problem.path(), problem.message())));
    if (problems().isEmpty()) {
      ApplicationDefaults.fill(application);
    }
  }

  private void expect(MappingNode map, String key, String wanted) {
    String found = null;
    for (NodeTuple entry : map.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode name
          && name.getValue().equals(key)
          && entry.getValueNode() instanceof ScalarNode value) {
        found = value.getValue();
      }
    }
    if (found == null) {
      problems().add(checker.at(key, "is missing; must be " + wanted));
    } else if (!found.equals(wanted)) {
      problems().add(checker.at(key, "\"" + found + "\" is not known; must be " + wanted));
    }
  }
}
