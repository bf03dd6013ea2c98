package io.bpfman.nudge.command;

import picocli.CommandLine.Option;

/** Flags of every command that changes a file. */
final class UpdateOptions {
  @Option(
      names = "--nudge-files",
      paramLabel = "DIR",
      description =
          "Take references that no flag gives from the nudge files there; a components.yaml beside"
              + " them says whose repositories are allowed.")
  String nudgeFiles = "";

  @Option(names = "--dry-run", description = "Print what would change as a diff; write nothing.")
  boolean dryRun;

  @Option(names = "--check", description = "Write nothing; exit 1 when anything would change.")
  boolean check;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write there, - for standard output (default: the file itself).")
  String output = "";
}
