package io.bpfman.cli.map;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.MapEntry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfman map lookup}. */
@Command(name = "lookup", description = "Shows one entry of a map.")
public final class MapLookupCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private MapArgument map = new MapArgument();

  @Parameters(
      index = "2",
      paramLabel = "KEY",
      description = "JSON by the key's type, or a number (42, 0x2a).")
  private String key = "";

  @Mixin private OutputOption output = new OutputOption();

  public MapLookupCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LookupMapRequest request =
        LookupMapRequest.newBuilder()
            .setProgramId(map.program())
            .setMapName(map.name())
            .setKey(map.datum(key))
            .build();
    try (LoaderSession session = context.connect()) {
      MapEntry answered = session.call(loader -> loader.lookupMap(request)).getEntry();
      MapEntry entry =
          map.raw() ? answered.toBuilder().clearKeyJson().clearValuesJson().build() : answered;
      context.print(output.format(), () -> EntryText.json(entry), () -> EntryText.text(entry));
    }
    return 0;
  }
}
