package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputFormat;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.cli.output.Table;
import io.bpfman.model.ApplicationKey;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.ListLinksRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman link list}. */
@Command(name = "list", description = "Lists links with what the kernel says of them.")
final class LinkListCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = {"-q", "--quiet"},
      description = "Prints link ids only.")
  private boolean quiet;

  @Option(
      names = "--program-id",
      paramLabel = "ID",
      converter = UnsignedId.class,
      description = "Only links of this program.")
  private int programId;

  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "KIND",
      converter = KindName.class,
      completionCandidates = KindName.Words.class,
      description = "Only links of these kinds: xdp, tc, tcx, tracepoint, kprobe, kretprobe, ...")
  private List<String> kinds = List.of();

  @Option(
      names = {"-p", "--program-type"},
      split = ",",
      paramLabel = "TYPE",
      converter = KindName.class,
      completionCandidates = KindName.Words.class,
      description = "Only links of programs of these types.")
  private List<String> types = List.of();

  @Option(
      names = "--application",
      paramLabel = "NAME",
      description =
          "Only links of this application: its name, or with namespace and kind before it.")
  private String application = "";

  @Option(
      names = {"-m", "--metadata-selector"},
      paramLabel = "KEY=VALUE",
      description = "Only links with this metadata; may be repeated.")
  private Map<String, String> metadata = Map.of();

  @Mixin private OutputOption output = new OutputOption();

  LinkListCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      ProgramNames names = new ProgramNames(session);
      List<Link> links = wanted(session, names);
      OutputFormat format = output.format();
      context.print(format, () -> json(links), () -> quiet ? ids(links) : text(links, names));
    }
    return 0;
  }

  private List<Link> wanted(LoaderSession session, ProgramNames names) {
    ListLinksRequest request =
        ListLinksRequest.newBuilder().setProgramId(programId).putAllMatchMetadata(metadata).build();
    return session.call(loader -> loader.listLinks(request)).getLinksList().stream()
        .filter(link -> kinds.isEmpty() || kinds.contains(new LinkView(link).kind()))
        .filter(link -> types.isEmpty() || types.contains(names.type(link)))
        .filter(link -> ApplicationKey.matches(application, names.application(link.getProgramId())))
        .toList();
  }

  private static Object json(List<Link> links) {
    return new Fields()
        .put("links", links.stream().map(link -> new LinkView(link).record()).toList())
        .map();
  }

  private static String ids(List<Link> links) {
    StringBuilder text = new StringBuilder();
    links.forEach(link -> text.append(new LinkView(link).id()).append('\n'));
    return text.toString();
  }

  private static String text(List<Link> links, ProgramNames names) {
    boolean grouped =
        links.stream().anyMatch(link -> !names.application(link.getProgramId()).isEmpty());
    Table table = new Table(columns(grouped).toArray(String[]::new));
    for (Link link : links) {
      LinkView view = new LinkView(link);
      List<String> row =
          new ArrayList<>(
              List.of(
                  view.id(),
                  view.kernelLinkId(),
                  view.kind(),
                  Integer.toUnsignedString(link.getProgramId())));
      if (grouped) {
        row.add(names.application(link.getProgramId()));
      }
      row.add(names.function(link.getProgramId()));
      row.add(attachment(view));
      table.row(row);
    }
    return table.text();
  }

  private static String attachment(LinkView view) {
    return view.health().equals("attached")
        ? view.attachment()
        : view.attachment() + " (" + view.health() + ")";
  }

  private static List<String> columns(boolean grouped) {
    List<String> columns =
        new ArrayList<>(List.of("LINK ID", "KERNEL LINK ID", "KIND", "PROGRAM ID"));
    if (grouped) {
      columns.add("APPLICATION");
    }
    columns.addAll(List.of("FUNCTION NAME", "ATTACHMENT"));
    return columns;
  }
}
