package io.bpfman.operator.adapter.manifest;

import io.bpfman.api.manifest.ManifestLayout;
import io.bpfman.api.manifest.ManifestSet;
import io.bpfman.api.manifest.StatusReader;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.operator.core.ManagedApplication;
import io.bpfman.operator.core.PodChoices;
import io.bpfman.operator.port.ApplicationSource;
import io.bpfman.operator.port.SourceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applications from a watched directory of manifests. The status written beside them is what a new
 * process knows of files that have become bad meanwhile.
 */
public final class ManifestDirectory implements ApplicationSource {
  private static final Logger LOG = LoggerFactory.getLogger(ManifestDirectory.class);

  /** So that a file is not read while it is being written. */
  private static final Duration LOOKS = Duration.ofMillis(25);

  private static final Duration REST = Duration.ofMillis(50);

  private final Path directory;
  private final Generations generations = new Generations();
  private ManifestSet manifests = ManifestSet.empty();
  private volatile @Nullable WatchService watch;

  /** Does not touch the directory. */
  public ManifestDirectory(Path directory) {
    this.directory = directory;
  }

  @Override
  public void open(Runnable changed) {
    try {
      Files.createDirectories(directory);
      WatchService service = directory.getFileSystem().newWatchService();
      watch = service;
      register(service);
    } catch (IOException e) {
      close();
      throw FailureCode.START_REFUSED.because(
          "manifest directory " + directory + " cannot be made or watched", "check its mode", e);
    }
    restore();
  }

  @Override
  public Duration lookInterval() {
    return LOOKS;
  }

  @Override
  public boolean mayHaveChanged() {
    WatchService service = watch;
    boolean changed = false;
    for (WatchKey key = poll(service); key != null; key = poll(service)) {
      changed |= key.pollEvents().stream().anyMatch(ManifestDirectory::concernsManifest);
      key.reset();
    }
    return changed;
  }

  @Override
  public Duration rest() {
    return REST;
  }

  @Override
  public SourceReading read() {
    watchAgain();
    manifests = manifests.reread(directory);
    List<ClusterBpfApplication> applications = manifests.applications();
    for (ClusterBpfApplication application : applications) {
      Path file = manifests.owners().get(application.getMetadata().getName());
      if (file != null) {
        ManifestOrigin.set(application, file);
      }
    }
    generations.assign(applications);
    return new SourceReading(
        applications.stream().map(ManagedApplication::of).toList(),
        Optional.empty(),
        PodChoices.unknown(),
        manifests.problems());
  }

  @Override
  public void close() {
    WatchService service = watch;
    watch = null;
    if (service == null) {
      return;
    }
    try {
      service.close();
    } catch (IOException e) {
      LOG.warn("the watch of {} was not closed cleanly", directory, e);
    }
  }

  private void restore() {
    List<ClusterBpfApplication> before;
    try {
      before = StatusReader.applications(directory);
    } catch (BpfmanException e) {
      LOG.warn("status of an earlier run cannot be read and will be written again", e);
      return;
    }
    Map<Path, List<ClusterBpfApplication>> files = new HashMap<>();
    for (ClusterBpfApplication application : before) {
      if (application.getMetadata().getDeletionTimestamp() != null) {
        continue;
      }
      generations.remember(application);
      application.setStatus(null);
      ManifestOrigin.file(application)
          .ifPresent(
              name ->
                  files
                      .computeIfAbsent(directory.resolve(name), _ -> new ArrayList<>())
                      .add(application));
    }
    manifests = ManifestSet.of(files);
  }

  /** A directory that was removed and made again has lost its watch. */
  private void watchAgain() {
    WatchService service = watch;
    if (service == null || !Files.isDirectory(directory)) {
      return;
    }
    try {
      register(service);
    } catch (IOException e) {
      LOG.warn("{} is not watched and will be read at intervals only", directory, e);
    }
  }

  /** Registering a directory that is watched changes nothing. */
  private void register(WatchService service) throws IOException {
    directory.register(
        service,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
  }

  private static @Nullable WatchKey poll(@Nullable WatchService service) {
    return service == null ? null : service.poll();
  }

  /** Lost events count too. */
  private static boolean concernsManifest(WatchEvent<?> event) {
    return !(event.context() instanceof Path file) || ManifestLayout.isManifest(file);
  }
}
