package io.bpfman.cli.map;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.LookupMapResponse;
import io.bpfman.proto.x.v1.MapEntry;
import io.bpfman.proto.x.v1.MapVariable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfman map lookup}. */
@Command(
    name = "lookup",
    description = "Shows one entry of a map, or one global variable; an entry has at most 4 MiB.")
public final class MapLookupCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private MapArgument map = new MapArgument();

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "KEY",
      description =
          "JSON by the key's type, a number (42, 0x2a), or a variable's name; none for the next"
              + " element of a queue or stack.")
  private @Nullable String key;

  @Mixin private OutputOption output = new OutputOption();

  public MapLookupCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LookupMapRequest.Builder request =
        LookupMapRequest.newBuilder().setProgramId(map.program()).setMapName(map.name());
    if (key != null) {
      request.setKey(map.key(key));
    }
    try (LoaderSession session = context.connect()) {
      LookupMapResponse answer = session.call(loader -> loader.lookupMap(request.build()));
      if (answer.hasVariable()) {
        show(answer.getVariable());
      } else {
        show(answer.getEntry());
      }
    }
    return 0;
  }

  private void show(MapVariable found) {
    MapVariable variable = map.raw() ? found.toBuilder().clearValueJson().build() : found;
    context.print(
        output.format(),
        () -> VariableText.json(variable),
        () -> VariableText.value(variable) + "\n");
  }

  private void show(MapEntry found) {
    MapEntry entry = map.raw() ? found.toBuilder().clearKeyJson().clearValuesJson().build() : found;
    context.print(output.format(), () -> EntryText.json(entry), () -> EntryText.text(entry));
  }
}
