package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.olm.BundleRequest;
import io.bpfman.nudge.core.olm.BundleUpdate;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfman-nudge update-bundle}. */
@Command(
    name = "update-bundle",
    description = "Puts image references into a ClusterServiceVersion.")
public final class UpdateBundleCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private UpdateOptions options = new UpdateOptions();

  @Option(names = "--csv-file", paramLabel = "FILE", description = "The ClusterServiceVersion.")
  private String csvFile = "";

  @Parameters(
      arity = "0..2",
      paramLabel = "FILE",
      description = "The ClusterServiceVersion, and where to write (as --csv-file and --output).")
  private List<String> files = new ArrayList<>();

  @Option(names = "--image-pullspec", paramLabel = "REF", description = "Image of the operator.")
  private String image = "";

  @Option(names = "--agent-pullspec", paramLabel = "REF", description = "Image of the agent.")
  private String agent = "";

  @Option(names = "--bpfman-pullspec", paramLabel = "REF", description = "Image of the daemon.")
  private String bpfman = "";

  @Option(names = "--csi-pullspec", paramLabel = "REF", description = "Image of the CSI registrar.")
  private String csi = "";

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Sets spec.version and metadata.name too.")
  private String version = "";

  @Option(
      names = "--container",
      paramLabel = "NAME",
      description =
          "A container of the operator (default: those with the image of the annotation"
              + " containerImage, or with an image of the new reference's repository).")
  private List<String> containers = new ArrayList<>();

  public UpdateBundleCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String file = csvFile.isEmpty() && !files.isEmpty() ? files.removeFirst() : csvFile;
    String output =
        options.output.isEmpty() && !files.isEmpty() ? files.removeFirst() : options.output;
    if (file.isEmpty() || !files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "one --csv-file FILE is needed");
    }
    Map<Operand, ImageReference> images = images();
    if (!version.isEmpty()
        && !version.matches("[0-9]+\\.[0-9]+\\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?")) {
      throw new ParameterException(
          spec.commandLine(), "--version: \"%s\" is no semantic version".formatted(version));
    }
    YamlFile csv = BundleFiles.yaml(Path.of(file));
    BundleRequest request = new BundleRequest(images, version, containers);
    return new UpdateRun(context, options).finish(csv, BundleUpdate.apply(csv, request), output);
  }

  private Map<Operand, ImageReference> images() {
    Map<Operand, String> flags = new EnumMap<>(Operand.class);
    flags.put(Operand.OPERATOR, image);
    flags.put(Operand.AGENT, agent);
    flags.put(Operand.BPFMAN, bpfman);
    flags.put(Operand.CSI, csi);
    Map<Operand, ImageReference> images = References.given(flags);
    References.addFromFiles(
        images, options.nudgeFiles, EnumSet.of(Operand.OPERATOR, Operand.AGENT, Operand.BPFMAN));
    if (!images.containsKey(Operand.OPERATOR)) {
      throw new ParameterException(
          spec.commandLine(), "--image-pullspec REF or --nudge-files DIR is needed");
    }
    return images;
  }
}
