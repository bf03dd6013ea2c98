package io.bpfman.api.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares k8s/crd with what the beans give now. {@code make generate} runs it with the property
 * {@code bpfman.generate}, which writes the files first.
 */
class GeneratedFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("bpfman.root"));
  private static final Path DIRECTORY = ROOT.resolve("k8s/crd");

  private static CustomResourceDefinitions definitions;

  @BeforeAll
  static void readTheBeans() throws IOException {
    definitions = new CustomResourceDefinitions(TestDocs.read());
    if (Boolean.getBoolean("bpfman.generate")) {
      Files.createDirectories(DIRECTORY);
      for (Class<? extends CustomResource<?, ?>> kind : CustomResourceDefinitions.KINDS) {
        Files.writeString(CustomResourceDefinitions.file(DIRECTORY, kind), definitions.yaml(kind));
      }
    }
  }

  @Test
  void theDefinitionsAreThoseOfTheBeans() throws IOException {
    for (Class<? extends CustomResource<?, ?>> kind : CustomResourceDefinitions.KINDS) {
      Path file = CustomResourceDefinitions.file(DIRECTORY, kind);
      assertTrue(Files.exists(file), file + " is missing; run make generate");
      assertEquals(
          definitions.yaml(kind),
          Files.readString(file),
          file + " is stale; run make generate and commit it");
    }
  }

  @Test
  void noDefinitionIsLeftOverFromAKindThatIsGone() throws IOException {
    Set<Path> wanted =
        CustomResourceDefinitions.KINDS.stream()
            .map(kind -> CustomResourceDefinitions.file(DIRECTORY, kind))
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      assertEquals(
          List.of(),
          files
              .filter(file -> file.getFileName().toString().startsWith("bpfman.io_"))
              .filter(file -> !wanted.contains(file))
              .toList());
    }
  }
}
