package io.bpfman.cli.watch;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.output.OutputFormat;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.contract.LoaderWatch;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman watch}: one line for each event, until a signal or the daemon ends it. */
@Command(
    name = "watch",
    description =
        "Tells what happens on this node: interfaces that come and go, programs and links that are"
            + " made, removed, or lost without anybody asking. Ctrl-C ends it; it exits with 1 when"
            + " the daemon goes away. Needs a running daemon.")
public final class WatchCommand implements Callable<Integer> {
  private final CliContext context;
  private volatile @Nullable LoaderWatch watch;

  @Option(
      names = {"-k", "--kinds"},
      paramLabel = "KIND",
      split = ",",
      description =
          "Only these: interface, object, program, link, or one such as link-lost (default all).")
  private List<String> kinds = new ArrayList<>();

  @Mixin private OutputOption output = new OutputOption();

  public WatchCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    WatchRequest request = WatchRequest.newBuilder().addAllKinds(WatchWords.kinds(kinds)).build();
    try (LoaderSession session = context.connectToDaemon()) {
      session.follow(
          loader -> {
            LoaderWatch begun = loader.watch(request, this::print);
            watch = begun;
            return begun;
          });
    }
    return 0;
  }

  private void print(WatchEvent event) {
    context.say(
        output.format() == OutputFormat.JSON ? WatchLines.json(event) : WatchLines.text(event));
    LoaderWatch current = watch;
    if (current != null && context.out().checkError()) {
      // Whoever read the output has gone, as in `bpfman watch | head`.
      current.close();
    }
  }
}
