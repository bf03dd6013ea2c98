package io.bpfman.cli.dispatcher;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.Dispatcher;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bpfman dispatcher get}. */
@Command(name = "get", description = "Shows one dispatcher with its members.")
final class DispatcherGetCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private DispatcherKey key = new DispatcherKey();

  @Mixin private OutputOption output = new OutputOption();

  DispatcherGetCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      Dispatcher found =
          DispatcherListCommand.all(session).stream()
              .filter(key::names)
              .findFirst()
              .orElseThrow(
                  () ->
                      FailureCode.INVALID_REQUEST.because(
                          "there is no " + key,
                          "`bpfman dispatcher list` shows those that there are"));
      context.print(
          output.format(),
          () -> DispatcherJson.snapshot(found, session),
          () -> DispatcherText.text(found));
    }
    return 0;
  }
}
