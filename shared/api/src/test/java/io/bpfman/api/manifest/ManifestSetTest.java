package io.bpfman.api.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestSetTest {
  private final Path directory;

  ManifestSetTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Path write(String file, String text) throws IOException {
    return Files.writeString(directory.resolve(file), text);
  }

  private static List<String> names(ManifestSet set) {
    return set.applications().stream().map(a -> a.getMetadata().getName()).toList();
  }

  private static List<String> yaml(ManifestSet set) {
    return set.applications().stream().map(ManifestWriter::toYaml).toList();
  }

  @Test
  void aBadFileDoesNotTakeGoodOnesDown() throws IOException {
    write("bad.yaml", "spec: [");
    write("good.yml", Samples.XDP);
    write("notes.txt", "not a manifest");
    write(".hidden.yaml", "not a manifest");
    ManifestSet set = ManifestSet.empty().reread(directory);
    assertEquals(List.of("xdp-counter"), names(set));
    assertEquals(1, set.problems().size());
    assertTrue(set.problems().getFirst().source().endsWith("bad.yaml"));
  }

  @Test
  void aFileThatBecomesBadStandsForItsLastGoodContent() throws IOException {
    write("a.yaml", Samples.XDP);
    ManifestSet first = ManifestSet.empty().reread(directory);
    write("a.yaml", Samples.with("priority: 55", "priority: x"));
    ManifestSet second = first.reread(directory);
    assertEquals(yaml(first), yaml(second));
    assertEquals(1, second.problems().size());
    Files.delete(directory.resolve("a.yaml"));
    assertEquals(List.of(), names(second.reread(directory)));
  }

  @Test
  void whatAnEarlierProcessSawStandsInForABadFile() throws IOException {
    Path bad = write("a.yaml", "spec: [");
    List<ClusterBpfApplication> before = ManifestReader.readText("a", Samples.XDP);
    ManifestSet set = ManifestSet.of(Map.of(bad, before)).reread(directory);
    assertEquals(List.of("xdp-counter"), names(set));
  }

  @Test
  void twoFilesWithOneObjectAreAProblemNamingBoth() throws IOException {
    Path second = write("b.yaml", Samples.XDP);
    ManifestSet set = ManifestSet.empty().reread(directory);
    Path first = write("a.yaml", Samples.with("priority: 55", "priority: 1"));
    ManifestSet both = set.reread(directory);
    assertEquals(yaml(set), yaml(both), "the one that was first counts");
    String problem = both.problems().getFirst().describe();
    assertTrue(problem.contains(first.toString()) && problem.contains(second.toString()), problem);
    Files.delete(second);
    ManifestSet left = both.reread(directory);
    assertEquals(List.of(), left.problems());
    assertEquals(List.of("xdp-counter"), names(left));
  }

  @Test
  void aDirectoryThatVanishesChangesNothing() throws IOException {
    write("a.yaml", Samples.XDP);
    ManifestSet set = ManifestSet.empty().reread(directory);
    ManifestSet gone = set.reread(directory.resolve("gone"));
    assertEquals(yaml(set), yaml(gone));
    assertEquals(1, gone.problems().size());
  }
}
