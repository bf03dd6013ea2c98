package io.bpfman.cli.program;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.cli.output.Table;
import io.bpfman.proto.x.v1.Feature;
import io.bpfman.proto.x.v1.ProbeRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bpfman probe}. */
@Command(name = "probe", description = "Shows what the kernel of the node supports.")
public final class ProbeCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private OutputOption output = new OutputOption();

  public ProbeCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      List<Feature> features =
          session.call(loader -> loader.probe(ProbeRequest.getDefaultInstance())).getFeaturesList();
      context.print(
          output.format(),
          () ->
              new Fields()
                  .put("features", features.stream().map(ProbeCommand::json).toList())
                  .map(),
          () -> table(features));
    }
    return 0;
  }

  private static Object json(Feature feature) {
    return new Fields()
        .put("kind", word(feature.getKind()))
        .put("name", feature.getName())
        .put("support", word(feature.getSupport()))
        .put("reason", feature.getReason())
        .map();
  }

  private static String table(List<Feature> features) {
    Table table = new Table("KIND", "NAME", "SUPPORT", "REASON");
    features.forEach(
        feature ->
            table.row(
                word(feature.getKind()),
                feature.getName(),
                word(feature.getSupport()),
                feature.getReason()));
    return table.text();
  }

  private static String word(Enum<?> constant) {
    return constant.name().replaceFirst(".*_", "").toLowerCase(Locale.ROOT);
  }
}
