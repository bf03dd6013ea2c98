package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.model.Direction;
import io.bpfman.model.NetworkHook;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What the attach commands for network hooks share. */
abstract class InterfaceAttachCommand extends AttachCommand {
  @Parameters(index = "1", paramLabel = "IFACE", description = "Network interface.")
  private String name = "";

  @Option(
      names = {"-n", "--netns"},
      paramLabel = "PATH",
      description = "Network namespace of the interface; default: the daemon's own.")
  private @Nullable String netns;

  InterfaceAttachCommand(CliContext context) {
    super(context);
  }

  final NetworkHook hook() {
    return new NetworkHook(name, netns);
  }

  @Override
  final void check(LoaderSession session) {
    if (netns == null) {
      OwnNetns.requireSame(session, name);
    }
  }

  /** Reads a direction. */
  static final class DirectionConverter implements ITypeConverter<Direction> {
    @Override
    public Direction convert(String text) {
      return Direction.ofName(text)
          .orElseThrow(
              () -> new TypeConversionException("\"" + text + "\" is neither ingress nor egress"));
    }
  }
}
