package io.bpfman.operator.adapter.manifest;

import io.bpfman.api.manifest.ManifestLayout;
import io.bpfman.api.manifest.ManifestProblems;
import io.bpfman.api.manifest.ManifestWriter;
import io.bpfman.api.manifest.StatusReader;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.operator.core.ManagedApplication;
import io.bpfman.operator.core.NodeState;
import io.bpfman.operator.port.ReportedApplication;
import io.bpfman.operator.port.StatusSink;
import io.bpfman.operator.port.StatusSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Status as files beside the manifests. Each file is replaced as a whole, so that a reader sees the
 * old or the new one.
 */
public final class StatusDirectory implements StatusSink {
  private static final Logger LOG = LoggerFactory.getLogger(StatusDirectory.class);

  private final Path directory;

  /** Does not touch the directory. */
  public StatusDirectory(Path directory) {
    this.directory = directory;
  }

  @Override
  public StatusSnapshot load() {
    try {
      return StatusSnapshot.of(
          StatusReader.applications(directory).stream().map(StatusDirectory::reported).toList(),
          StatusReader.states(directory).stream()
              .flatMap(state -> NodeState.written(state).stream())
              .toList(),
          StatusReader.problems(directory));
    } catch (BpfmanException e) {
      LOG.warn("status of an earlier run cannot be read and will be written again", e);
      return StatusSnapshot.empty();
    }
  }

  private static ReportedApplication reported(ClusterBpfApplication application) {
    ApplicationStatus status = application.getStatus();
    return new ReportedApplication(
        ManagedApplication.of(application),
        status == null ? new ApplicationStatus() : status,
        false);
  }

  private static ClusterBpfApplication withStatus(ReportedApplication reported) {
    ClusterBpfApplication object = new ClusterBpfApplication();
    object.setMetadata(reported.application().resource().getMetadata());
    object.setSpec(reported.application().resource().getSpec());
    object.setStatus(reported.status());
    return object;
  }

  @Override
  public void write(StatusSnapshot snapshot) {
    Map<Path, String> applications = new HashMap<>();
    snapshot
        .applications()
        .forEach(
            a ->
                applications.put(
                    ManifestLayout.applicationStatus(directory, a.application().key().name()),
                    ManifestWriter.toYaml(withStatus(a))));
    Map<Path, String> states = new HashMap<>();
    snapshot
        .states()
        .forEach(
            s ->
                states.put(
                    ManifestLayout.state(directory, s.name()),
                    ManifestWriter.toYaml(s.resource())));
    try {
      replaceAll(ManifestLayout.states(directory), states);
      replaceAll(ManifestLayout.applicationStatuses(directory), applications);
      writeProblems(snapshot);
    } catch (IOException e) {
      throw FailureCode.STORE_FAILED.because(
          "status cannot be written below " + ManifestLayout.status(directory),
          "check mode and free space",
          e);
    }
  }

  private void writeProblems(StatusSnapshot snapshot) throws IOException {
    Path file = ManifestLayout.problems(directory);
    if (snapshot.problems().isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      replace(file, ManifestWriter.toYaml(new ManifestProblems(snapshot.problems())));
    }
  }

  /** Makes {@code directory} hold exactly {@code files}. */
  private static void replaceAll(Path directory, Map<Path, String> files) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<Path, String> file : files.entrySet()) {
      replace(file.getKey(), file.getValue());
    }
    List<Path> present;
    try (Stream<Path> listing = Files.list(directory)) {
      present = listing.toList();
    }
    for (Path file : present) {
      if (!files.containsKey(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void replace(Path file, String text) throws IOException {
    if (holds(file, text)) {
      return;
    }
    Path next = file.resolveSibling("." + file.getFileName() + ".next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean holds(Path file, String text) throws IOException {
    try {
      return Files.readString(file).equals(text);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
