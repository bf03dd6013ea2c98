package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApiNames;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One YAML document read as an object of one of the kinds that are allowed. */
final class ManifestDocument {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ShapeChecker checker;
  private @Nullable CustomResource<?, ?> resource;

  private ManifestDocument(ShapeChecker checker) {
    this.checker = checker;
  }

  static ManifestDocument read(YamlDocument yaml, List<ManifestKind<?>> kinds) {
    ManifestDocument document = new ManifestDocument(new ShapeChecker(yaml.chunk()));
    document.bind(yaml.root(), kinds);
    return document;
  }

  List<ManifestProblem> problems() {
    return checker.problems();
  }

  /** Empty for one with problems. */
  Optional<CustomResource<?, ?>> resource() {
    return checker.problems().isEmpty() ? Optional.ofNullable(resource) : Optional.empty();
  }

  /** Remembers kind and name; a problem when they were there already. */
  Optional<ManifestProblem> nameUsedBefore(Map<String, ManifestProblem> names) {
    if (resource == null || resource.getMetadata().getName() == null) {
      return Optional.empty();
    }
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.getMetadata().getName();
    ManifestProblem here = checker.at("metadata.name", "");
    ManifestProblem before =
        names.putIfAbsent(String.join("/", resource.getKind(), namespace, name), here);
    if (before == null) {
      return Optional.empty();
    }
    String message = resource.getKind() + " \"" + name + "\" is already in line " + before.line();
    return Optional.of(checker.at("metadata.name", message));
  }

  private void bind(Node root, List<ManifestKind<?>> kinds) {
    if (!(root instanceof MappingNode map)) {
      checker.check(root, kinds.getFirst().shape());
      return;
    }
    String kindName = Nodes.text(map, "kind").orElse("");
    // Of an unknown kind the fields are compared with the first one, so that all problems show.
    ManifestKind<?> kind =
        kinds.stream()
            .filter(known -> known.name().equals(kindName))
            .findFirst()
            .orElse(kinds.getFirst());
    var tree = checker.check(root, kind.shape());
    expect(map, "apiVersion", List.of(ApiNames.API_VERSION));
    expect(map, "kind", kinds.stream().map(ManifestKind::name).toList());
    if (tree.isPresent() && checker.problems().isEmpty()) {
      bind(tree.get(), kind);
    }
  }

  private <T extends CustomResource<?, ?>> void bind(JsonNode tree, ManifestKind<T> kind) {
    T object;
    try {
      object = MAPPER.treeToValue(tree, kind.type());
    } catch (JacksonException e) {
      problems().add(checker.at("", "cannot be read: " + e.getOriginalMessage()));
      return;
    }
    resource = object;
    kind.rules()
        .apply(object)
        .forEach(problem -> problems().add(checker.at(problem.path(), problem.message())));
    if (problems().isEmpty()) {
      kind.defaults().accept(object);
    }
  }

  private void expect(MappingNode map, String key, List<String> wanted) {
    Optional<String> found = Nodes.text(map, key);
    String must = "must be " + String.join(" or ", wanted);
    if (found.isEmpty()) {
      problems().add(checker.at(key, "is missing; " + must));
    } else if (!wanted.contains(found.get())) {
      problems().add(checker.at(key, "\"" + found.get() + "\" is not known; " + must));
    }
  }
}
