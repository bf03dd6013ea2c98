package io.bpfman.nudge.command;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.bpfman.nudge.adapter.file.TextFiles;
import io.bpfman.nudge.core.olm.Change;
import io.bpfman.nudge.core.olm.Updated;
import io.bpfman.nudge.core.yaml.YamlFile;
import java.nio.file.Path;
import java.util.List;

/** Writes, shows or checks an update. */
final class UpdateRun {
  private static final int CONTEXT_LINES = 3;

  private final NudgeContext context;
  private final UpdateOptions options;

  UpdateRun(NudgeContext context, UpdateOptions options) {
    this.context = context;
    this.options = options;
  }

  /** The exit code. */
  int finish(YamlFile file, Updated updated, String output) {
    List<Change> real = updated.changes().stream().filter(Change::isReal).toList();
    if (options.check) {
      real.forEach(
          c ->
              context
                  .out()
                  .println("%s: is %s; should be %s".formatted(c.place(), c.before(), c.after())));
      return real.isEmpty() ? ExitCodes.FINE : ExitCodes.FOUND;
    }
    if (options.dryRun) {
      diff(file, updated).forEach(context.out()::println);
      return ExitCodes.FINE;
    }
    if (output.equals("-")) {
      context.out().print(updated.text());
      context.out().flush();
      return ExitCodes.FINE;
    }
    write(file, updated, output);
    context
        .out()
        .println(
            "%s: %d of %d values changed"
                .formatted(
                    output.isEmpty() ? file.name() : output,
                    real.size(),
                    updated.changes().size()));
    return ExitCodes.FINE;
  }

  /** A file that is right already is not written. */
  private static void write(YamlFile file, Updated updated, String output) {
    boolean inPlace = output.isEmpty() || output.equals(file.name());
    if (!inPlace || !updated.text().equals(file.text())) {
      TextFiles.replace(Path.of(inPlace ? file.name() : output), updated.text());
    }
  }

  private static List<String> diff(YamlFile file, Updated updated) {
    List<String> before = List.of(file.text().split("\n", -1));
    List<String> after = List.of(updated.text().split("\n", -1));
    return UnifiedDiffUtils.generateUnifiedDiff(
        file.name(), file.name(), before, DiffUtils.diff(before, after), CONTEXT_LINES);
  }
}
