package io.bpfman.cli.map;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.proto.x.v1.UpdateMapRequest;
import io.bpfman.proto.x.v1.UpdateMode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman map update}. */
@Command(name = "update", description = "Writes one entry of a map.")
public final class MapUpdateCommand implements Callable<Integer> {
  /** What may exist before. */
  enum Mode {
    ANY(UpdateMode.UPDATE_MODE_ANY),
    NOEXIST(UpdateMode.UPDATE_MODE_NOEXIST),
    EXIST(UpdateMode.UPDATE_MODE_EXIST);

    private final UpdateMode wire;

    Mode(UpdateMode wire) {
      this.wire = wire;
    }
  }

  private final CliContext context;

  @Mixin private MapArgument map = new MapArgument();

  @Parameters(
      index = "2",
      paramLabel = "KEY",
      description = "JSON by the key's type, or a number (42, 0x2a).")
  private String key = "";

  @Parameters(
      index = "3..*",
      arity = "1..*",
      paramLabel = "VALUE",
      description = "JSON or a number; in a per-CPU map one for all CPUs or one for each.")
  private List<String> values = List.of();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "any",
      description = "any, noexist (only new) or exist (only replace); default any.")
  private Mode mode = Mode.ANY;

  public MapUpdateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    UpdateMapRequest request =
        UpdateMapRequest.newBuilder()
            .setProgramId(map.program())
            .setMapName(map.name())
            .setKey(map.datum(key))
            .addAllValues(values.stream().map(map::datum).toList())
            .setMode(mode.wire)
            .build();
    try (LoaderSession session = context.connect()) {
      session.call(loader -> loader.updateMap(request));
    }
    return 0;
  }
}
