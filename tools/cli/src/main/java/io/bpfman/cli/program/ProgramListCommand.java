package io.bpfman.cli.program;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.Programs;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.cli.output.Table;
import io.bpfman.model.ApplicationKey;
import io.bpfman.model.ProgramType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman program list}. */
@Command(name = "list", description = "Lists programs.")
final class ProgramListCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = {"-q", "--quiet"},
      description = "Prints program ids only.")
  private boolean quiet;

  @ArgGroup private Attachment attachment = new Attachment();

  @Option(
      names = {"--type", "-p", "--program-type"},
      split = ",",
      paramLabel = "TYPE",
      converter = TypeName.class,
      description = "Only these types: xdp, tc, tcx, tracepoint, kprobe, kretprobe, ...")
  private List<ProgramType> types = List.of();

  @Option(
      names = "--application",
      paramLabel = "NAME",
      description =
          "Only programs of this application: its name, or with namespace and kind before it.")
  private String application = "";

  @Option(
      names = {"-m", "--metadata-selector"},
      paramLabel = "KEY=VALUE",
      description = "Only programs with this metadata; may be repeated.")
  private Map<String, String> metadata = Map.of();

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      converter = LabelSelector.Converter.class,
      description = "Only programs whose metadata match, as kubectl's -l.")
  private LabelSelector selector = LabelSelector.ANY;

  @Option(
      names = {"-a", "--all"},
      description = "Also programs that somebody else loaded.")
  private boolean all;

  @Mixin private OutputOption output = new OutputOption();

  ProgramListCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      List<ProgramView> programs = wanted(session);
      context.print(
          output.format(),
          () ->
              new Fields()
                  .put("programs", programs.stream().map(ProgramView::entry).toList())
                  .map(),
          () -> quiet ? ids(programs) : table(programs));
    }
    return 0;
  }

  private List<ProgramView> wanted(LoaderSession session) {
    return new Programs(session)
        .list(metadata, all).stream()
            .map(program -> new ProgramView(program, List.of()))
            .filter(program -> ApplicationKey.matches(application, program.application()))
            .filter(program -> selector.test(program.metadata()))
            .filter(program -> types.isEmpty() || program.isOneOf(types))
            .filter(program -> attachment.accepts(!program.linkIds().isEmpty()))
            .toList();
  }

  private static String ids(List<ProgramView> programs) {
    return programs.stream().map(program -> program.id() + "\n").collect(Collectors.joining());
  }

  private static String table(List<ProgramView> programs) {
    boolean grouped = programs.stream().anyMatch(program -> !program.application().isEmpty());
    List<String> columns =
        new ArrayList<>(List.of("PROGRAM ID", "TYPE", "FUNCTION NAME", "LINK IDS"));
    if (grouped) {
      columns.add(1, "APPLICATION");
    }
    Table table = new Table(columns.toArray(String[]::new));
    for (ProgramView program : programs) {
      List<String> row = new ArrayList<>();
      row.add(program.id());
      if (grouped) {
        row.add(program.application());
      }
      row.add(program.type());
      row.add(program.name());
      row.add(String.join(" ", program.linkIds()));
      table.row(row);
    }
    return table.text();
  }

  /** At most one of both. */
  static final class Attachment {
    @Option(names = "--attached", description = "Only programs with links.")
    private boolean attached;

    @Option(names = "--unattached", description = "Only programs without links.")
    private boolean unattached;

    boolean accepts(boolean hasLinks) {
      return hasLinks ? !unattached : !attached;
    }
  }

  /** Refuses words that are no type. */
  static final class TypeName implements picocli.CommandLine.ITypeConverter<ProgramType> {
    @Override
    public ProgramType convert(String text) {
      return ProgramArgument.type(text);
    }
  }
}
