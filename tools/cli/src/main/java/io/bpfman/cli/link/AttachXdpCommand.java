package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.Priority;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.NearNames;
import io.bpfman.model.XdpAction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code bpfman link attach xdp}. */
@Command(name = "xdp", description = "Attaches to the XDP hook of an interface.")
final class AttachXdpCommand extends InterfaceAttachCommand {
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
      description = "Results after which the next program runs (default pass,dispatcher_return).")
  private Set<XdpAction> proceedOn = XdpAction.defaultProceedOn();

  AttachXdpCommand(CliContext context) {
    super(context);
  }

  @Override
  AttachSpec spec() {
    return new AttachSpec.Xdp(hook(), priority, proceedOn);
  }

  /** Reads one action. */
  static final class ActionConverter implements ITypeConverter<XdpAction> {
    @Override
    public XdpAction convert(String text) {
      List<String> known = Arrays.stream(XdpAction.values()).map(XdpAction::cliName).toList();
      return XdpAction.ofName(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "\"%s\" is not an XDP action: %s".formatted(text, NearNames.list(known))));
    }
  }
}
