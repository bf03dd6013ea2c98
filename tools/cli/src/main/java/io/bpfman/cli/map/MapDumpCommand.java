package io.bpfman.cli.map;

import com.google.protobuf.ByteString;
import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.MapEntry;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman map dump}. */
@Command(name = "dump", description = "Shows the entries of a map, bytes in the node's order.")
public final class MapDumpCommand implements Callable<Integer> {
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  private final CliContext context;

  @Parameters(
      index = "0",
      paramLabel = "PROGRAM_ID",
      converter = UnsignedId.class,
      description = "A program that uses the map.")
  private int program;

  @Parameters(index = "1", paramLabel = "NAME", description = "Map name as in the object.")
  private String name = "";

  @Option(names = "--max-entries", description = "Upper bound of entries (default 10000).")
  private int maxEntries;

  @Mixin private OutputOption output = new OutputOption();

  public MapDumpCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    DumpMapRequest request =
        DumpMapRequest.newBuilder()
            .setProgramId(program)
            .setMapName(name)
            .setMaxEntries(maxEntries)
            .build();
    try (LoaderSession session = context.connect()) {
      DumpMapResponse map = session.call(loader -> loader.dumpMap(request));
      context.print(output.format(), () -> json(map), () -> text(map));
      if (map.getTruncated()) {
        context.warn(
            "cut after %d entries; --max-entries raises it".formatted(map.getEntriesCount()));
      }
    }
    return 0;
  }

  private static Object json(DumpMapResponse map) {
    return new Fields()
        .put("id", Integer.toUnsignedLong(map.getMapId()))
        .put("type", map.getMapType())
        .put("key_size", map.getKeySize())
        .put("value_size", map.getValueSize())
        .put("truncated", map.getTruncated())
        .put("entries", map.getEntriesList().stream().map(MapDumpCommand::json).toList())
        .map();
  }

  private static Object json(MapEntry entry) {
    return new Fields()
        .put("key", HexFormat.of().formatHex(entry.getKey().toByteArray()))
        .put(
            "values",
            entry.getValuesList().stream()
                .map(value -> HexFormat.of().formatHex(value.toByteArray()))
                .toList())
        .map();
  }

  private static String text(DumpMapResponse map) {
    StringBuilder text = new StringBuilder();
    for (MapEntry entry : map.getEntriesList()) {
      text.append("key ").append(spaced(entry.getKey())).append('\n');
      for (int cpu = 0; cpu < entry.getValuesCount(); cpu++) {
        text.append(entry.getValuesCount() == 1 ? "  value " : "  cpu " + cpu + " ");
        text.append(spaced(entry.getValues(cpu))).append('\n');
      }
    }
    return text.toString();
  }

  private static String spaced(ByteString bytes) {
    return SPACED.formatHex(bytes.toByteArray());
  }
}
