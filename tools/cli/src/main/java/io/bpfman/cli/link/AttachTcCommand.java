package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.Priority;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Direction;
import io.bpfman.model.NearNames;
import io.bpfman.model.TcAction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code bpfman link attach tc}. */
@Command(name = "tc", description = "Attaches to the TC (clsact) hook of an interface.")
final class AttachTcCommand extends InterfaceAttachCommand {
  @Parameters(
      index = "2",
      paramLabel = "DIRECTION",
      converter = InterfaceAttachCommand.DirectionConverter.class,
      description = "ingress or egress.")
  private Direction direction = Direction.INGRESS;

  @Option(
      names = {"-p", "--priority"},
      required = true,
      paramLabel = "PRIORITY",
      converter = Priority.class,
      description = "0 to 2147483647; smaller runs first.")
  private int priority;

  @Option(
      names = "--proceed-on",
      split = ",",
      paramLabel = "ACTION",
      converter = ActionConverter.class,
      description = "Results after which the next program runs (default pipe,dispatcher_return).")
  private Set<TcAction> proceedOn = TcAction.defaultProceedOn();

  AttachTcCommand(CliContext context) {
    super(context);
  }

  @Override
  AttachSpec spec() {
    return new AttachSpec.Tc(hook(), direction, priority, proceedOn);
  }

  /** Reads one action. */
  static final class ActionConverter implements ITypeConverter<TcAction> {
    @Override
    public TcAction convert(String text) {
      List<String> known = Arrays.stream(TcAction.values()).map(TcAction::cliName).toList();
      return TcAction.ofName(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "\"%s\" is not a TC action: %s".formatted(text, NearNames.list(known))));
    }
  }
}
