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
@Command(
    name = "update",
    description =
        "Writes one entry of a map, or one global variable and nothing beside it; an entry has at"
            + " most 4 MiB.")
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
      index = "2..*",
      arity = "1..*",
      paramLabel = "ENTRY",
      description =
          "KEY VALUE. The key: JSON by its type, a number (42, 0x2a), or a variable's name; none"
              + " for a queue or stack. The value: JSON or a number; in a per-CPU map one for all"
              + " CPUs or one for each.")
  private List<String> words = List.of();

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
    UpdateMapRequest.Builder request =
        UpdateMapRequest.newBuilder()
            .setProgramId(map.program())
            .setMapName(map.name())
            .setMode(mode.wire);
    if (words.size() > 1) {
      request.setKey(map.key(words.getFirst()));
    }
    words.subList(words.size() > 1 ? 1 : 0, words.size()).stream()
        .map(map::datum)
        .forEach(request::addValues);
    try (LoaderSession session = context.connect()) {
      session.call(loader -> loader.updateMap(request.build()));
    }
    return 0;
  }
}
