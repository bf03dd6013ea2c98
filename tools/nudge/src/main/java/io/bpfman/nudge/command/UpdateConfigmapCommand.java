package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.olm.ConfigUpdate;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlFile;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bpfman-nudge update-configmap}. */
@Command(
    name = "update-configmap",
    description = "Puts image references into the ConfigMap bpfman-config or a Config object.")
public final class UpdateConfigmapCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private UpdateOptions options = new UpdateOptions();

  @Option(
      names = "--configmap-file",
      paramLabel = "FILE",
      required = true,
      description = "File with ConfigMaps or Config objects.")
  private String file = "";

  @Option(names = "--agent-pullspec", paramLabel = "REF", description = "Image of the agent.")
  private String agent = "";

  @Option(names = "--bpfman-pullspec", paramLabel = "REF", description = "Image of the daemon.")
  private String bpfman = "";

  @Option(names = "--csi-pullspec", paramLabel = "REF", description = "Image of the CSI registrar.")
  private String csi = "";

  public UpdateConfigmapCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Map<Operand, String> flags = new EnumMap<>(Operand.class);
    flags.put(Operand.AGENT, agent);
    flags.put(Operand.BPFMAN, bpfman);
    flags.put(Operand.CSI, csi);
    Map<Operand, ImageReference> images = References.given(flags);
    References.addFromFiles(images, options.nudgeFiles, EnumSet.of(Operand.AGENT, Operand.BPFMAN));
    if (images.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--agent-pullspec and --bpfman-pullspec, or --nudge-files DIR, are needed");
    }
    YamlFile yaml = BundleFiles.yaml(Path.of(file));
    return new UpdateRun(context, options)
        .finish(yaml, ConfigUpdate.apply(yaml, images), options.output);
  }
}
