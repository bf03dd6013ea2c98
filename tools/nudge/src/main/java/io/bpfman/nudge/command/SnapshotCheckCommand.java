package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.snapshot.Snapshot;
import io.bpfman.nudge.core.snapshot.SnapshotRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman-nudge snapshot-check}. */
@Command(
    name = "snapshot-check",
    description = "Tells whether the images of a snapshot belong together.",
    footer = "Exit codes: 0 they match, 1 they do not, 2 unusable input.")
public final class SnapshotCheckCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Parameters(
      arity = "0..1",
      defaultValue = "-",
      paramLabel = "FILE",
      description = "Snapshot or its spec as JSON; - for standard input (default).")
  private String file = "-";

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "The unpacked bundle image of the snapshot: compare what it names too.")
  private String bundle = "";

  @Option(
      names = "--any-commit",
      description = "Allow images of one repository to be built from different commits.")
  private boolean anyCommit;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default text).")
  private OutputFormat format = OutputFormat.TEXT;

  public SnapshotCheckCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Input input = Input.read(context, file);
    Snapshot snapshot = Snapshot.parse(input.name(), input.text());
    List<Finding> findings =
        new ArrayList<>(SnapshotRules.images(snapshot, input.name(), !anyCommit));
    if (!bundle.isEmpty()) {
      findings.addAll(SnapshotRules.bundle(snapshot, BundleFiles.bundle(Path.of(bundle))));
    }
    if (format == OutputFormat.JSON) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("matched", findings.isEmpty());
      json.put("findings", Json.findings(findings));
      context.out().println(Json.text(json));
    } else {
      findings.forEach(context.out()::println);
      context.out().println(findings.isEmpty() ? "a matched set" : "not a matched set");
    }
    return findings.isEmpty() ? ExitCodes.FINE : ExitCodes.FOUND;
  }
}
