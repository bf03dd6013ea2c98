package io.bpfman.cli.map;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman map dump}. */
@Command(
    name = "dump",
    description =
        "Shows the entries of a map, or global variables, by their types; bytes are in the node's"
            + " order. An entry has at most 4 MiB, a dump 16 MiB.")
public final class MapDumpCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private MapArgument map = new MapArgument();

  @Option(
      names = "--max-entries",
      paramLabel = "COUNT",
      description = "Upper bound of entries (default 10000).")
  private int maxEntries;

  @Mixin private OutputOption output = new OutputOption();

  public MapDumpCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    DumpMapRequest request =
        DumpMapRequest.newBuilder()
            .setProgramId(map.program())
            .setMapName(map.name())
            .setMaxEntries(maxEntries)
            .setTyped(!map.raw())
            .build();
    try (LoaderSession session = context.connect()) {
      DumpMapResponse dump = session.call(loader -> loader.dumpMap(request));
      context.print(output.format(), () -> json(dump), () -> text(dump));
      if (dump.getTruncated()) {
        context.warn(
            "bpfman: cut after %d entries; --max-entries raises it, up to 16 MiB of them"
                .formatted(dump.getEntriesCount() + dump.getVariablesCount()));
      }
    }
    return 0;
  }

  private static Object json(DumpMapResponse map) {
    Fields fields =
        new Fields()
            .put("id", Integer.toUnsignedLong(map.getMapId()))
            .put("type", map.getMapType())
            .put("key_size", map.getKeySize())
            .put("value_size", map.getValueSize())
            .put("truncated", map.getTruncated())
            .put("entries", map.getEntriesList().stream().map(EntryText::json).toList());
    if (map.getVariablesCount() > 0) {
      fields.put("variables", map.getVariablesList().stream().map(VariableText::json).toList());
    }
    return fields.map();
  }

  private static String text(DumpMapResponse map) {
    if (map.getVariablesCount() > 0) {
      return VariableText.table(map.getVariablesList());
    }
    return map.getEntriesList().stream().map(EntryText::text).collect(Collectors.joining());
  }
}
