package io.bpfman.cli.manifest;

import io.bpfman.api.manifest.ManifestWriter;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.cli.CliContext;
import io.bpfman.model.NearNames;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the commands on manifests do; apart from them, because parsing a command line must not load
 * Kubernetes classes.
 */
final class ManifestActions {
  private static final String KIND = "clusterbpfapplication/";

  private final CliContext context;
  private final ManifestSources sources;

  ManifestActions(CliContext context, InputStream input) {
    this.context = context;
    this.sources = new ManifestSources(input);
  }

  /** Says for each application whether it was created, configured, or unchanged. */
  void apply(List<String> from) {
    Map<String, ClusterBpfApplication> applications = sources.read(from);
    ManifestDirectory directory = new ManifestDirectory(context.options().manifests());
    applications.forEach(
        (name, application) -> {
          ManifestDirectory.Change change =
              directory.write(name, ManifestWriter.toYaml(application));
          context.say(KIND + name + " " + change.name().toLowerCase(Locale.ROOT));
        });
  }

  void validate(List<String> from) {
    sources.readResources(from).keySet().forEach(key -> context.say(key + " valid"));
  }

  List<String> namesIn(List<String> from) {
    return List.copyOf(sources.read(from).keySet());
  }

  /** 0 when all are gone, else 1. */
  int delete(List<String> names, boolean ignoreMissing) {
    ManifestDirectory directory = new ManifestDirectory(context.options().manifests());
    int missing = 0;
    for (String name : names) {
      if (directory.delete(name)) {
        context.say(KIND + name + " deleted");
      } else if (!ignoreMissing) {
        missing++;
        context.warn(
            "bpfman: application \"%s\" does not exist in %s; %s"
                .formatted(
                    name,
                    context.options().manifests(),
                    NearNames.known(name, directory.applications().keySet())));
      }
    }
    return missing == 0 ? 0 : 1;
  }
}
