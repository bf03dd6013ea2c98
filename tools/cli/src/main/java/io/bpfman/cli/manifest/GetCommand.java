package io.bpfman.cli.manifest;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.output.OutputFormat;
import io.bpfman.cli.output.OutputOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfman get applications}, {@code programs} and {@code links}. */
@Command(description = "Shows what the operator wrote beside the manifests.")
public final class GetCommand implements Callable<Integer> {
  /** What to show. */
  public enum What {
    APPLICATIONS,
    PROGRAMS,
    LINKS
  }

  private final CliContext context;
  private final What what;

  @Parameters(
      arity = "0..1",
      paramLabel = "APPLICATION",
      defaultValue = "",
      description = "Only this application.")
  private String application = "";

  @Mixin private OutputOption output = new OutputOption();

  public GetCommand(CliContext context, What what) {
    this.context = context;
    this.what = what;
  }

  @Override
  public Integer call() {
    Path manifests = context.options().manifests();
    OutputFormat format = output.format();
    new StatusDirectory(manifests).problems().forEach(context::warn);
    switch (what) {
      case APPLICATIONS -> {
        ApplicationRows rows = new ApplicationRows(manifests, application);
        context.print(format, rows::json, rows::text);
        return none(rows.isEmpty());
      }
      case PROGRAMS -> {
        StateRows rows = new StateRows(manifests, application);
        context.print(format, rows::programsJson, rows::programs);
        return none(rows.isEmpty());
      }
      case LINKS -> {
        StateRows rows = new StateRows(manifests, application);
        context.print(format, rows::linksJson, rows::links);
        return none(rows.isEmpty());
      }
    }
    return 0;
  }

  /** A named application that does not exist is a failure; an empty list is none. */
  private int none(boolean empty) {
    if (empty && !application.isEmpty()) {
      context.warn(
          "bpfman: application \"%s\" has nothing to show in %s"
              .formatted(application, context.options().manifests()));
      return 1;
    }
    return 0;
  }
}
