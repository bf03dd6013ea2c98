package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.adapter.file.DirectoryTree;
import io.bpfman.nudge.core.graph.SourceTree;
import io.bpfman.nudge.core.graph.Topology;
import io.bpfman.nudge.core.graph.TopologyReader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Flags of every command that reads a whole repository. */
final class RepositoryOptions {
  @Option(
      names = "--root",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The repository (default: the working directory).")
  Path root = Path.of("");

  @Option(
      names = "--nudge-files",
      paramLabel = "DIR",
      defaultValue = "nudge-files",
      description = "Nudge files and components.yaml, below the root (default ${DEFAULT-VALUE}).")
  String nudgeFiles = "";

  @Option(
      names = "--branch",
      paramLabel = "BRANCH",
      defaultValue = "main",
      description = "The branch whose pushes build (default ${DEFAULT-VALUE}).")
  String branch = "";

  SourceTree tree() {
    return new DirectoryTree(root);
  }

  Topology topology(SourceTree tree) {
    return TopologyReader.read(tree, branch, nudgeFiles + "/" + BundleFiles.COMPONENTS);
  }
}
