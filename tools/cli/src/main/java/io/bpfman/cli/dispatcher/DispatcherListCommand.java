package io.bpfman.cli.dispatcher;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.proto.x.v1.Dispatcher;
import io.bpfman.proto.x.v1.ListDispatchersRequest;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman dispatcher list}. */
@Command(name = "list", description = "Lists dispatchers.")
final class DispatcherListCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = DispatcherKey.TypeConverter.class,
      description = "Only this type: xdp, tc-ingress or tc-egress.")
  private @Nullable String type;

  @Option(
      names = "--nsid",
      paramLabel = "NSID",
      converter = DispatcherKey.NsidConverter.class,
      description = "Only in the network namespace with this inode number.")
  private @Nullable Long nsid;

  @Option(
      names = "--ifindex",
      paramLabel = "IFINDEX",
      converter = DispatcherKey.IfindexConverter.class,
      description = "Only on interfaces with this index.")
  private @Nullable Integer ifindex;

  @Mixin private OutputOption output = new OutputOption();

  DispatcherListCommand(CliContext context) {
    this.context = context;
  }

  /** All of them, in the order in which the daemon lists them. */
  static List<Dispatcher> all(LoaderSession session) {
    return session
        .call(loader -> loader.listDispatchers(ListDispatchersRequest.getDefaultInstance()))
        .getDispatchersList();
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      List<Dispatcher> wanted = all(session).stream().filter(this::isWanted).toList();
      context.print(
          output.format(),
          () ->
              new Fields()
                  .put("dispatchers", wanted.stream().map(DispatcherJson::summary).toList())
                  .map(),
          () -> DispatcherText.table(wanted));
    }
    return 0;
  }

  private boolean isWanted(Dispatcher dispatcher) {
    return (type == null || type.equals(dispatcher.getType()))
        && (nsid == null || nsid == dispatcher.getNsid())
        && (ifindex == null || ifindex == dispatcher.getIfindex());
  }
}
