package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.model.AttachSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code bpfman link attach tracepoint}. */
@Command(name = "tracepoint", description = "Attaches to a tracepoint.")
final class AttachTracepointCommand extends AttachCommand {
  @Parameters(
      index = "1",
      paramLabel = "GROUP/NAME",
      converter = NameConverter.class,
      description = "As below /sys/kernel/tracing/events.")
  private AttachSpec.Tracepoint tracepoint = new AttachSpec.Tracepoint("", "");

  AttachTracepointCommand(CliContext context) {
    super(context);
  }

  @Override
  AttachSpec spec() {
    return tracepoint;
  }

  /** Reads {@code group/name}. */
  static final class NameConverter implements ITypeConverter<AttachSpec.Tracepoint> {
    @Override
    public AttachSpec.Tracepoint convert(String text) {
      int slash = text.indexOf('/');
      if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
        throw new TypeConversionException(
            "\"%s\" is not a tracepoint; give GROUP/NAME, as sched/sched_switch".formatted(text));
      }
      return new AttachSpec.Tracepoint(text.substring(0, slash), text.substring(slash + 1));
    }
  }
}
