package io.bpfman.operator.adapter.manifest;

import io.bpfman.api.manifest.ManifestWriter;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts changes of spec as the API server does: 1 at first, then 1 more with every change. */
final class Generations {
  private Map<String, Entry> entries = new HashMap<>();

  private record Entry(String spec, long generation) {}

  /** Takes spec and generation as they are. */
  void remember(ClusterBpfApplication application) {
    Long generation = application.getMetadata().getGeneration();
    entries.put(
        application.getMetadata().getName(),
        new Entry(spec(application), generation == null ? 1 : generation));
  }

  /** Sets the generation of each; forgets all others. */
  void assign(List<ClusterBpfApplication> applications) {
    Map<String, Entry> next = new HashMap<>();
    for (ClusterBpfApplication application : applications) {
      String name = application.getMetadata().getName();
      String spec = spec(application);
      Entry before = entries.getOrDefault(name, new Entry("", 0));
      Entry now = before.spec().equals(spec) ? before : new Entry(spec, before.generation() + 1);
      if (!Objects.equals(application.getMetadata().getGeneration(), now.generation())) {
        application.getMetadata().setGeneration(now.generation());
      }
      next.put(name, now);
    }
    entries = next;
  }

  private static String spec(ClusterBpfApplication application) {
    return ManifestWriter.toYaml(application.getSpec());
  }
}
