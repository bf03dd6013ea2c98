package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.adapter.file.GeneratedFiles;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.generate.CatalogGenerator;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.yaml.YamlFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman-nudge catalog}. */
@Command(
    name = "catalog",
    description = "Makes a file-based catalog of a template and a bundle; pulls no image.")
public final class CatalogCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Mixin private GenerateOptions options = new GenerateOptions();

  @Option(
      names = "--template",
      paramLabel = "FILE",
      required = true,
      description = "Of schema olm.template.basic.")
  private Path template = Path.of("");

  @Option(
      names = "--bundle-dir",
      paramLabel = "DIR",
      required = true,
      description = "The bundle for the olm.bundle that has no properties.")
  private Path bundleDir = Path.of("");

  public CatalogCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    YamlFile file = BundleFiles.yaml(template);
    if (file.documents().size() != 1) {
      throw new UnusableInputException(
          Place.of(file.name()),
          "has %d documents; a template has one".formatted(file.documents().size()));
    }
    Bundle bundle = BundleFiles.bundle(bundleDir);
    String catalog =
        CatalogGenerator.catalog(
            file.documents().getFirst(),
            bundle,
            References.fromFile(options.nudgeFiles, "bpfman-operator-bundle"));
    return options.finish(
        context, new GeneratedFiles(options.output, Map.of("index.yaml", catalog)));
  }
}
