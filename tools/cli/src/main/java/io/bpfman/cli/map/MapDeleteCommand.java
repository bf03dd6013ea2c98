package io.bpfman.cli.map;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.proto.x.v1.DeleteMapEntryRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfman map delete}. */
@Command(name = "delete", description = "Removes one entry of a map.")
public final class MapDeleteCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private MapArgument map = new MapArgument();

  @Parameters(
      index = "2",
      paramLabel = "KEY",
      description = "JSON by the key's type, or a number (42, 0x2a).")
  private String key = "";

  public MapDeleteCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    DeleteMapEntryRequest request =
        DeleteMapEntryRequest.newBuilder()
            .setProgramId(map.program())
            .setMapName(map.name())
            .setKey(map.datum(key))
            .build();
    try (LoaderSession session = context.connect()) {
      session.call(loader -> loader.deleteMapEntry(request));
    }
    return 0;
  }
}
