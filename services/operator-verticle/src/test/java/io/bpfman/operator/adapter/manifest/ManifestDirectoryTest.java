package io.bpfman.operator.adapter.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bpfman.api.manifest.ManifestLayout;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.operator.core.Fixtures;
import io.bpfman.operator.core.ManagedApplication;
import io.bpfman.operator.port.ReportedApplication;
import io.bpfman.operator.port.SourceReading;
import io.bpfman.operator.port.StatusSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestDirectoryTest {
  private final Path directory;
  private final ManifestDirectory source;

  ManifestDirectoryTest(@TempDir Path parent) {
    this.directory = parent.resolve("manifests");
    this.source = new ManifestDirectory(directory);
  }

  @AfterEach
  void close() {
    source.close();
  }

  private void write(String file, int priority) throws IOException {
    Files.writeString(directory.resolve(file), Fixtures.manifest("app", "{}", priority));
  }

  private static List<Long> generations(SourceReading reading) {
    return reading.applications().stream().map(ManagedApplication::generation).toList();
  }

  private static StatusSnapshot snapshot(SourceReading reading) {
    return StatusSnapshot.of(
        reading.applications().stream()
            .map(one -> new ReportedApplication(one, new ApplicationStatus(), false))
            .toList(),
        List.of(),
        List.of());
  }

  @Test
  void noticesFilesThatComeChangeAndGo() throws IOException {
    source.open(() -> {});
    assertFalse(source.mayHaveChanged());
    write("a.yaml", 1);
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(source::mayHaveChanged);
    assertEquals(1, source.read().applications().size());
    Files.delete(directory.resolve("a.yaml"));
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(source::mayHaveChanged);
    assertEquals(0, source.read().applications().size());
  }

  @Test
  void theGenerationGrowsWithTheSpecOnly() throws IOException {
    source.open(() -> {});
    write("a.yaml", 1);
    assertEquals(List.of(1L), generations(source.read()));
    assertEquals(List.of(1L), generations(source.read()));
    write("a.yaml", 2);
    assertEquals(List.of(2L), generations(source.read()));
  }

  @Test
  void aNewProcessGoesOnWhereTheOldOneStopped() throws IOException {
    source.open(() -> {});
    write("a.yaml", 1);
    source.read();
    write("a.yaml", 2);
    SourceReading reading = source.read();
    new StatusDirectory(directory).write(snapshot(reading));
    Files.writeString(directory.resolve("a.yaml"), "spec: [");

    ManifestDirectory next = new ManifestDirectory(directory);
    next.open(() -> {});
    SourceReading after = next.read();
    next.close();
    assertEquals(List.of(2L), generations(after));
    assertEquals(1, after.problems().size());
  }

  @Test
  void statusIsWrittenOnceAndRemovedWhenGone() throws IOException {
    source.open(() -> {});
    write("a.yaml", 1);
    SourceReading reading = source.read();
    StatusDirectory sink = new StatusDirectory(directory);
    StatusSnapshot snapshot = snapshot(reading);
    sink.write(snapshot);
    Path file = ManifestLayout.applicationStatus(directory, "app");
    FileTime old = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file, old);
    sink.write(snapshot);
    assertEquals(old, Files.getLastModifiedTime(file), "the same content is not written again");
    sink.write(StatusSnapshot.empty());
    assertFalse(Files.exists(file));
  }
}
