package io.bpfman.nudge.command;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman-nudge validate}. */
@Command(
    name = "validate",
    description =
        "Checks nudge files, PipelineRuns, bundle and catalog, each alone and all together.")
public final class ValidateCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "The bundle, below the root (default: olm/bundle when there is one).")
  private String bundle = "";

  @Option(
      names = "--catalog",
      paramLabel = "DIR",
      description = "The catalog, below the root (default: olm/catalog when there is one).")
  private String catalog = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default text).")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(names = "--strict", description = "Exit 1 for warnings too.")
  private boolean strict;

  public ValidateCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<Finding> findings =
        new Validation(repository)
            .run(
                directory(bundle, "olm/bundle").orElse(null),
                directory(catalog, "olm/catalog").orElse(null));
    print(findings);
    boolean failed =
        findings.stream()
            .map(Finding::severity)
            .anyMatch(s -> s == Severity.ERROR || (strict && s == Severity.WARNING));
    return failed ? ExitCodes.FOUND : ExitCodes.FINE;
  }

  /** The directory that was asked for, else the usual one when it exists. */
  private Optional<Path> directory(String given, String usual) {
    Path path = repository.root.resolve(given.isEmpty() ? usual : given).normalize();
    return given.isEmpty() && !Files.exists(path) ? Optional.empty() : Optional.of(path);
  }

  private void print(List<Finding> findings) {
    if (format == OutputFormat.JSON) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("passed", findings.stream().noneMatch(f -> f.severity() == Severity.ERROR));
      json.put("findings", Json.findings(findings));
      context.out().println(Json.text(json));
      return;
    }
    findings.forEach(context.out()::println);
    context
        .out()
        .println(
            "%d errors, %d warnings"
                .formatted(count(findings, Severity.ERROR), count(findings, Severity.WARNING)));
  }

  private static long count(List<Finding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
