package io.bpfman.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything of one demonstration lies below one directory.
 *
 * @param id random; part of every name that is made on the host
 */
record Workspace(Path root, String id) {
  private static final Path PARENT = Path.of("/run");
  private static final String PREFIX = "bpfman-demo-";

  /**
   * Makes the directories.
   *
   * @param owner process id of whoever removes it
   */
  static Workspace create(String id, long owner) throws IOException {
    Workspace workspace = new Workspace(PARENT.resolve(PREFIX + id), id);
    Files.createDirectory(workspace.root);
    Files.writeString(workspace.ownerFile(), Long.toString(owner));
    for (Path directory :
        List.of(
            workspace.runtime(),
            workspace.imageCache(),
            workspace.manifests(),
            workspace.state(),
            workspace.logs(),
            workspace.objects(),
            workspace.samples(),
            workspace.root.resolve("sock"))) {
      Files.createDirectories(directory);
    }
    return workspace;
  }

  /** All that are on this host, whoever made them. */
  static List<Workspace> existing() throws IOException {
    try (Stream<Path> entries = Files.list(PARENT)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith(PREFIX))
          .map(
              path -> new Workspace(path, path.getFileName().toString().substring(PREFIX.length())))
          .toList();
    }
  }

  /** A word that only command lines of this demonstration hold. */
  String mark() {
    return PREFIX + id;
  }

  /** Holds the process id of its owner. */
  Path ownerFile() {
    return root.resolve("owner.pid");
  }

  /** Runtime directory of the daemon: store and pins. */
  Path runtime() {
    return root.resolve("runtime");
  }

  Path imageCache() {
    return root.resolve("image-cache");
  }

  Path socket() {
    return root.resolve("sock/bpfman.sock");
  }

  /** What the operator watches. */
  Path manifests() {
    return root.resolve("manifests");
  }

  /** Keys and what services keep over restarts. */
  Path state() {
    return root.resolve("state");
  }

  /** Of the control plane, whose script makes it and removes it. */
  Path kube() {
    return root.resolve("kube");
  }

  Path logs() {
    return root.resolve("logs");
  }

  /** Compiled samples. */
  Path objects() {
    return root.resolve("objects");
  }

  /** Copies of the sample manifests that name the objects here. */
  Path samples() {
    return root.resolve("samples");
  }

  /** Mount points below the root, deepest first. */
  private List<String> mounts() throws IOException {
    String below = root + "/";
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines
          .map(line -> line.split(" ", -1)[4])
          .filter(mount -> mount.startsWith(below))
          .sorted(Comparator.comparingInt(String::length).reversed())
          .toList();
    }
  }

  void unmountAll() throws IOException {
    for (String mount : mounts()) {
      Shell.run("umount", mount);
    }
  }

  /** Only after {@link #unmountAll}. */
  void deleteAll() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
