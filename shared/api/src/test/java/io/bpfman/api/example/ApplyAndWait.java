package io.bpfman.api.example;

import io.bpfman.api.client.BpfmanClient;
import io.bpfman.api.manifest.ManifestReader;
import io.bpfman.api.v1alpha1.ApplicationConditions;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.NodeFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Applies one manifest and waits until all nodes have it, or tells why they do not. */
public final class ApplyAndWait {
  private ApplyAndWait() {}

  public static void main(String[] arguments) {
    try (KubernetesClient kubernetes = new KubernetesClientBuilder().build()) {
      System.out.println(run(new BpfmanClient(kubernetes), Path.of(arguments[0]), 60));
    }
  }

  /** What became of the manifest's first application within {@code seconds}. */
  public static String run(BpfmanClient bpfman, Path manifest, long seconds) {
    ClusterBpfApplication wanted = ManifestReader.readFile(manifest).getFirst();
    bpfman.clusterApplications().resource(wanted).serverSideApply();
    ClusterBpfApplication done =
        bpfman
            .clusterApplications()
            .withName(wanted.getMetadata().getName())
            .waitUntilCondition(ApplyAndWait::isDecided, seconds, TimeUnit.SECONDS);
    ApplicationStatus status = done.getStatus();
    if (ApplicationConditions.SUCCESS.equals(status.getConditions().getFirst().getType())) {
      return "runs on %d nodes".formatted(bpfman.statesOf(done).size());
    }
    return status.getFailures().stream().map(ApplyAndWait::words).collect(Collectors.joining("\n"));
  }

  private static String words(NodeFailure failure) {
    return failure.getNode() + ": " + failure.getMessage();
  }

  /** Whether the status is about the latest edit, and final. */
  private static boolean isDecided(ClusterBpfApplication application) {
    return application != null
        && application.getStatus() != null
        && Objects.equals(
            application.getStatus().getObservedGeneration(),
            application.getMetadata().getGeneration())
        && application.getStatus().getConditions().stream()
            .anyMatch(condition -> !condition.getType().equals(ApplicationConditions.PENDING));
  }
}
