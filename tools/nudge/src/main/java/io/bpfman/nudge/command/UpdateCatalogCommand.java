package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.CatalogRequest;
import io.bpfman.nudge.core.olm.CatalogUpdate;
import io.bpfman.nudge.core.yaml.YamlFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bpfman-nudge update-catalog}. */
@Command(
    name = "update-catalog",
    description = "Puts one bundle's reference into a catalog, and renders its metadata anew.")
public final class UpdateCatalogCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private UpdateOptions options = new UpdateOptions();

  @Option(
      names = "--index-file",
      paramLabel = "FILE",
      required = true,
      description = "The catalog.")
  private String file = "";

  @Option(names = "--bundle-pullspec", paramLabel = "REF", description = "Image of the bundle.")
  private String image = "";

  @Option(names = "--operator-pullspec", paramLabel = "REF", description = "Image of the operator.")
  private String operator = "";

  @Option(
      names = "--bundle-dir",
      paramLabel = "DIR",
      description = "The bundle: its properties and related images are rendered from there.")
  private String bundle = "";

  @Option(
      names = "--bundle-name",
      paramLabel = "NAME",
      description = "The olm.bundle to change, when several are in one repository.")
  private String name = "";

  public UpdateCatalogCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    @Nullable Bundle rendered = bundle.isEmpty() ? null : BundleFiles.bundle(Path.of(bundle));
    CatalogRequest request = new CatalogRequest(bundleImage(), operatorImage(), rendered, name);
    YamlFile index = BundleFiles.yaml(Path.of(file));
    return new UpdateRun(context, options)
        .finish(index, CatalogUpdate.apply(index, request), options.output);
  }

  private ImageReference bundleImage() {
    if (!image.isEmpty()) {
      return References.flag("--bundle-pullspec", image);
    }
    if (options.nudgeFiles.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--bundle-pullspec REF or --nudge-files DIR is needed");
    }
    return References.fromFile(options.nudgeFiles, "bpfman-operator-bundle");
  }

  private @Nullable ImageReference operatorImage() {
    if (!operator.isEmpty()) {
      return References.flag("--operator-pullspec", operator);
    }
    return options.nudgeFiles.isEmpty()
        ? null
        : References.fromFile(options.nudgeFiles, "bpfman-operator");
  }
}
