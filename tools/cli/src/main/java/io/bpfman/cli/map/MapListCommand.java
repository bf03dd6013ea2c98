package io.bpfman.cli.map;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.cli.output.Table;
import io.bpfman.proto.x.v1.ListMapsRequest;
import io.bpfman.proto.x.v1.MapInfo;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfman map list}. */
@Command(name = "list", description = "Lists maps of one program, or of all.")
public final class MapListCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "PROGRAM_ID",
      converter = UnsignedId.class,
      description = "Only maps of this program.")
  private int program;

  @Mixin private OutputOption output = new OutputOption();

  public MapListCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ListMapsRequest request = ListMapsRequest.newBuilder().setProgramId(program).build();
    try (LoaderSession session = context.connect()) {
      List<MapInfo> maps = session.call(loader -> loader.listMaps(request)).getMapsList();
      context.print(
          output.format(),
          () -> new Fields().put("maps", maps.stream().map(MapListCommand::json).toList()).map(),
          () -> table(maps));
    }
    return 0;
  }

  private static Object json(MapInfo map) {
    return new Fields()
        .put("id", Integer.toUnsignedLong(map.getId()))
        .put("name", map.getName())
        .put("type", map.getTypeName())
        .put("key_size", map.getKeySize())
        .put("value_size", map.getValueSize())
        .put("max_entries", Integer.toUnsignedLong(map.getMaxEntries()))
        .put("flags", Integer.toUnsignedLong(map.getFlags()))
        .put("key_type", map.getKeyType())
        .put("value_type", map.getValueType())
        .put("program_ids", map.getProgramIdsList().stream().map(Integer::toUnsignedLong).toList())
        .put("pin_path", map.getPinPath())
        .map();
  }

  private static String table(List<MapInfo> maps) {
    Table table = new Table("MAP ID", "NAME", "TYPE", "KEY", "VALUE", "MAX ENTRIES", "PROGRAM IDS");
    for (MapInfo map : maps) {
      table.row(
          Integer.toUnsignedString(map.getId()),
          map.getName(),
          map.getTypeName(),
          sized(map.getKeyType(), map.getKeySize()),
          sized(map.getValueType(), map.getValueSize()),
          Integer.toUnsignedString(map.getMaxEntries()),
          map.getProgramIdsList().stream()
              .map(Integer::toUnsignedString)
              .collect(Collectors.joining(" ")));
    }
    return table.text();
  }

  private static String sized(String type, int bytes) {
    return type.isEmpty() ? bytes + " B" : "%s (%d B)".formatted(type, bytes);
  }
}
