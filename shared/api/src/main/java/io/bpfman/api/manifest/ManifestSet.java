package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Applications of a manifest directory as of its last reading. A file that has become bad stands
 * for what it said when it was good; of two files with an object of one name the one counts that
 * had it first.
 *
 * @param files what each file said when it was last good
 * @param owners application name to the file that it comes from
 * @param problems of the last reading
 */
public record ManifestSet(
    SortedMap<Path, List<ClusterBpfApplication>> files,
    SortedMap<String, Path> owners,
    List<ManifestProblem> problems) {

  /** Before the first reading. */
  public static ManifestSet empty() {
    return new ManifestSet(new TreeMap<>(), new TreeMap<>(), List.of());
  }

  /** Before the first reading, with what an earlier process saw last: file to applications. */
  public static ManifestSet of(Map<Path, List<ClusterBpfApplication>> lastGood) {
    SortedMap<String, Path> owners = new TreeMap<>();
    lastGood.forEach(
        (file, applications) -> names(applications).forEach(name -> owners.put(name, file)));
    return new ManifestSet(new TreeMap<>(lastGood), owners, List.of());
  }

  /**
   * Reads the directory once more; blocks. When it cannot be listed, everything stays as it was.
   */
  public ManifestSet reread(Path directory) {
    List<ManifestProblem> found = new ArrayList<>();
    SortedMap<Path, List<ClusterBpfApplication>> now = new TreeMap<>();
    try (Stream<Path> listing = Files.list(directory)) {
      for (Path file : listing.filter(ManifestLayout::isManifest).sorted().toList()) {
        ManifestContent content = ManifestReader.checkFile(file);
        found.addAll(content.problems());
        now.put(
            file,
            content.problems().isEmpty()
                ? content.applications()
                : files.getOrDefault(file, List.of()));
      }
    } catch (IOException e) {
      String message = "cannot be listed (" + e.getClass().getSimpleName() + "); nothing changes";
      return new ManifestSet(
          files, owners, List.of(ManifestProblem.ofFile(directory.toString(), message)));
    }
    SortedMap<String, Path> nowOwners = assign(now, found);
    return new ManifestSet(now, nowOwners, List.copyOf(found));
  }

  /** Ordered by name. */
  public List<ClusterBpfApplication> applications() {
    List<ClusterBpfApplication> all = new ArrayList<>();
    owners.forEach(
        (name, file) ->
            files.getOrDefault(file, List.of()).stream()
                .filter(application -> name.equals(application.getMetadata().getName()))
                .forEach(all::add));
    return all;
  }

  private SortedMap<String, Path> assign(
      SortedMap<Path, List<ClusterBpfApplication>> now, List<ManifestProblem> found) {
    SortedMap<String, Path> claims = new TreeMap<>();
    owners.forEach(
        (name, file) -> {
          if (names(now.getOrDefault(file, List.of())).contains(name)) {
            claims.put(name, file);
          }
        });
    now.forEach(
        (file, applications) -> {
          for (String name : names(applications)) {
            Path first = claims.putIfAbsent(name, file);
            if (first != null && !first.equals(file)) {
              found.add(duplicate(name, first, file));
            }
          }
        });
    return claims;
  }

  private static ManifestProblem duplicate(String name, Path first, Path second) {
    String message =
        "%s \"%s\" is already in %s, which counts; remove one of the two"
            .formatted(ApiNames.APPLICATION_KIND, name, first);
    return new ManifestProblem(second.toString(), 0, 0, "metadata.name", message);
  }

  private static List<String> names(List<ClusterBpfApplication> applications) {
    return applications.stream().map(a -> a.getMetadata().getName()).toList();
  }
}
