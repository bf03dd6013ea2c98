package io.bpfman.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.api.v1alpha1.ApplicationResource;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.operator.core.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects that bpfman's own operator and agents left in the cluster. */
@Tag("kube")
class KubernetesMigrationIT extends KubernetesCase {
  private static final String CLUSTER_FINALIZER = "bpfman.io.clbpfapplicationcontroller/finalizer";
  private static final String NAMESPACE_FINALIZER =
      "bpfman.io.nsbpfapplicationcontroller/finalizer";

  /** As bpfman's agent names, labels and holds it. */
  private void upstreamState(ApplicationResource owner, String name, String finalizer) {
    String namespace = owner.getMetadata().getNamespace();
    kubernetes
        .resource(
            """
            apiVersion: bpfman.io/v1alpha1
            kind: %sState
            metadata:
              name: %s
              namespace: %s
              labels: {bpfman.io/ownedByProgram: %s, kubernetes.io/hostname: n1}
              finalizers: [%s]
              ownerReferences:
                - {apiVersion: bpfman.io/v1alpha1, kind: %s, name: %s, uid: %s, controller: true}
            """
                .formatted(
                    owner.getKind(),
                    name,
                    namespace == null ? "" : namespace,
                    owner.getMetadata().getName(),
                    finalizer,
                    owner.getKind(),
                    owner.getMetadata().getName(),
                    owner.getMetadata().getUid()))
        .create();
  }

  private List<String> clusterStates() {
    return states().stream().map(state -> state.getMetadata().getName()).toList();
  }

  private List<String> namespacedStates() {
    return bpfman.applicationStates().inAnyNamespace().list().getItems().stream()
        .map(state -> state.getMetadata().getName())
        .toList();
  }

  @Test
  void statesThatBpfmansAgentsHoldAreReplacedByOurs() throws Exception {
    var cluster = apply("app", "{}", 1);
    BpfApplication namespaced =
        kubernetes
            .resource(
                kubernetes
                    .getKubernetesSerialization()
                    .unmarshal(Fixtures.namespaced("blue", "app"), BpfApplication.class))
            .create();
    upstreamState(cluster, "app-1a2b3c4d", CLUSTER_FINALIZER);
    upstreamState(namespaced, "app-5e6f7a8b", NAMESPACE_FINALIZER);
    startOperator("a");
    node("n1", "x");
    List<String> ours = List.of(cluster.key().stateName("n1"));
    soon().untilAsserted(() -> assertEquals(ours, clusterStates()));
    List<String> theirs = List.of(namespaced.key().stateName("n1"));
    soon().untilAsserted(() -> assertEquals(theirs, namespacedStates()));
  }

  @Test
  void aDeletionThatHangsOnAnAgentThatIsGoneEnds() throws Exception {
    var application = apply("app", "{}", 1);
    upstreamState(application, "app-1a2b3c4d", CLUSTER_FINALIZER);
    bpfman.clusterApplicationStates().withName("app-1a2b3c4d").delete();
    bpfman.clusterApplications().withName("app").delete();
    assertEquals(List.of("app-1a2b3c4d"), clusterStates());
    startOperator("a");
    soon().untilAsserted(() -> assertEquals(List.of(), clusterStates()));
  }

  @Test
  void finalizersOfOthersStay() throws Exception {
    var application = apply("app", "{}", 1);
    upstreamState(application, "app-1a2b3c4d", CLUSTER_FINALIZER + ", example.com/mine");
    startOperator("a");
    soon()
        .untilAsserted(
            () ->
                assertEquals(
                    List.of("example.com/mine"),
                    bpfman
                        .clusterApplicationStates()
                        .withName("app-1a2b3c4d")
                        .get()
                        .getFinalizers()));
    KUBE.kubectl(
        "patch",
        "clusterbpfapplicationstate",
        "app-1a2b3c4d",
        "--type=merge",
        "-p",
        "{\"metadata\":{\"finalizers\":[]}}");
  }
}
