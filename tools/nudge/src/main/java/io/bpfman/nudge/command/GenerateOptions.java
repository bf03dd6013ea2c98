package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.GeneratedFiles;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Flags of every command that makes a directory. */
final class GenerateOptions {
  @Option(
      names = "--nudge-files",
      paramLabel = "DIR",
      required = true,
      description = "The nudge files that pin our images.")
  String nudgeFiles = "";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "The directory; files that are not generated are removed from it.")
  Path output = Path.of("");

  @Option(names = "--check", description = "Write nothing; exit 1 when anything would change.")
  private boolean check;

  /** Writes or checks; the exit code. */
  int finish(NudgeContext context, GeneratedFiles generated) {
    List<String> different = generated.differences();
    if (check) {
      different.forEach(
          name -> context.out().println("%s: not as generated".formatted(output.resolve(name))));
      return different.isEmpty() ? ExitCodes.FINE : ExitCodes.FOUND;
    }
    generated.write();
    context
        .out()
        .println(
            "%s: %d of %d files changed"
                .formatted(output, different.size(), generated.files().size()));
    return ExitCodes.FINE;
  }
}
