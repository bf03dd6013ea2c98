package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.adapter.file.GeneratedFiles;
import io.bpfman.nudge.adapter.file.ManifestTree;
import io.bpfman.nudge.adapter.file.TextFiles;
import io.bpfman.nudge.core.generate.BundleGenerator;
import io.bpfman.nudge.core.generate.BundleSource;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.olm.Operand;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman-nudge bundle}. */
@Command(
    name = "bundle",
    description = "Makes a bundle of manifests, a base and the images of the nudge files.")
public final class BundleCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Mixin private GenerateOptions options = new GenerateOptions();

  @Option(
      names = "--base",
      paramLabel = "DIR",
      required = true,
      description =
          "What is written by hand: clusterserviceversion.yaml, annotations.yaml, scorecard.yaml.")
  private Path base = Path.of("");

  @Option(
      names = "--manifests",
      paramLabel = "PATH",
      required = true,
      description = "A file, or a directory whose kustomization lists files.")
  private List<Path> manifests = new ArrayList<>();

  @Option(
      names = "--examples",
      paramLabel = "FILE",
      description = "Objects for the annotation alm-examples.")
  private List<Path> examples = new ArrayList<>();

  @Option(
      names = "--source-date-epoch",
      paramLabel = "SECONDS",
      description = "Sets the annotation createdAt (default: that of the base).")
  private @Nullable Long epoch;

  public BundleCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Map<Operand, ImageReference> images = new EnumMap<>(Operand.class);
    References.addFromFiles(
        images, options.nudgeFiles, EnumSet.of(Operand.OPERATOR, Operand.AGENT, Operand.BPFMAN));
    Csv csv = Csv.of(BundleFiles.yaml(base.resolve("clusterserviceversion.yaml")));
    BundleSource source =
        new BundleSource(
            csv.root(),
            ManifestTree.read(manifests),
            ManifestTree.read(examples),
            images,
            epoch == null ? "" : Instant.ofEpochSecond(epoch).toString());
    Map<String, String> files = new TreeMap<>();
    BundleGenerator.manifests(source).forEach((name, text) -> files.put("manifests/" + name, text));
    files.put("metadata/annotations.yaml", TextFiles.read(base.resolve("annotations.yaml")));
    files.put("tests/scorecard/config.yaml", TextFiles.read(base.resolve("scorecard.yaml")));
    return options.finish(context, new GeneratedFiles(options.output, files));
  }
}
