package io.bpfman.operator.adapter.k8s.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** k8s/README.md tells of what is there. */
class ManifestsReadmeTest {
  private static final Path K8S = Path.of(System.getProperty("bpfman.root"), "k8s");

  /** A path in the first column of a table. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9/-]+)` \\|");

  /** One kind and the names of its objects after it. */
  private static final Pattern OBJECTS =
      Pattern.compile("\\b([A-Z][A-Za-z]+) ((?:`bpfman[a-z0-9*-]*`(?:, )?)+)");

  private static String readme() throws IOException {
    return Files.readString(K8S.resolve("README.md"));
  }

  private static String section(String title) throws IOException {
    String from = readme().split("## " + title + "\n", 2)[1];
    return from.split("\n## ", 2)[0];
  }

  private static Set<String> listed() throws IOException {
    return ROW.matcher(readme())
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Path> files(Pattern name) throws IOException {
    try (Stream<Path> all = Files.walk(K8S)) {
      return all.filter(file -> name.matcher(file.getFileName().toString()).matches())
          .collect(Collectors.toSet());
    }
  }

  @Test
  void everyDirectoryThatIsListedIsThereAndEveryKustomizationIsListed() throws IOException {
    for (String path : listed()) {
      assertTrue(Files.isDirectory(K8S.resolve(path)), path);
    }
    Set<String> kustomizations =
        files(Pattern.compile("(?i)kustomization(\\.yaml)?")).stream()
            .map(file -> K8S.relativize(Objects.requireNonNull(file.getParent())).toString())
            .collect(Collectors.toCollection(TreeSet::new));
    kustomizations.removeAll(listed());
    assertEquals(Set.of(), kustomizations, "not in the README");
  }

  private static Set<String> objects() throws IOException {
    KubernetesSerialization yaml = new KubernetesSerialization();
    Set<String> objects = new TreeSet<>();
    for (String directory : List.of("base", "webhook")) {
      try (Stream<Path> all = Files.list(K8S.resolve(directory))) {
        for (Path file : all.filter(one -> !one.endsWith("kustomization.yaml")).toList()) {
          Object read = yaml.unmarshal(new ByteArrayInputStream(Files.readAllBytes(file)));
          Collection<?> found = read instanceof Collection<?> many ? many : List.of(read);
          found.stream()
              .map(HasMetadata.class::cast)
              .forEach(one -> objects.add(one.getKind() + " " + one.getMetadata().getName()));
        }
      }
    }
    return objects;
  }

  private static Stream<String> named(MatchResult match) {
    return Arrays.stream(match.group(2).split(", "))
        .filter(name -> !name.isEmpty())
        .map(name -> match.group(1) + " " + name.replace("`", ""));
  }

  @Test
  void everyObjectThatIsNamedIsThereAndEveryObjectIsNamed() throws IOException {
    String told = section("Objects").strip().split("\n\n")[0];
    List<Pattern> named =
        OBJECTS
            .matcher(told)
            .results()
            .flatMap(ManifestsReadmeTest::named)
            .map(name -> Pattern.compile(name.replace("*", "[a-z0-9-]+")))
            .toList();
    Set<String> objects = objects();
    assertTrue(named.size() > 10, () -> "read from the README: " + named);
    for (Pattern one : named) {
      assertTrue(
          objects.stream().anyMatch(object -> one.matcher(object).matches()),
          () -> one + " is not among " + objects);
    }
    objects.removeIf(object -> object.contains("Role"));
    objects.removeIf(object -> named.stream().anyMatch(one -> one.matcher(object).matches()));
    assertEquals(Set.of(), objects, "not in the README");
  }
}
