package io.bpfman.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.contract.bus.OperatorClient;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a user and a fleet see of it. */
@Tag("kube")
class KubernetesOperatorIT extends KubernetesCase {
  @Test
  void anAppliedApplicationRunsOnEverySelectedNodeAndSaysSo() throws Exception {
    startOperator("a");
    node("n1", "x");
    node("n2", "x");
    node("n3", "y");
    ClusterBpfApplication applied = apply("app", "{matchLabels: {zone: x}}", 1);
    soon()
        .untilAsserted(
            () -> assertEquals("Success: 2 of 2 selected nodes ready", condition("app")));
    ClusterBpfApplication found = bpfman.clusterApplications().withName("app").get();
    assertEquals(List.of("bpfman.io.operator/finalizer"), found.getFinalizers());
    var status = Objects.requireNonNull(found.getStatus());
    assertEquals(found.getMetadata().getGeneration(), status.getObservedGeneration());
    assertEquals(2, Objects.requireNonNull(status.getNodes()).getReady());
    soon().until(() -> states().stream().filter(one -> type(one).equals("Success")).count() == 2);
    ClusterBpfApplicationState state = states().getFirst();
    assertTrue(state.getMetadata().getName().matches("app-[0-9a-f]{16}"));
    assertEquals("app", state.getMetadata().getLabels().get("bpfman.io/ownedByProgram"));
    assertEquals(
        status(state).getNode(), state.getMetadata().getLabels().get("kubernetes.io/hostname"));
    var owner = state.getMetadata().getOwnerReferences().getFirst();
    assertEquals(applied.getMetadata().getUid(), owner.getUid());
    assertTrue(owner.getController() && owner.getBlockOwnerDeletion());
    assertEquals("LoadSuccess", status(state).getAppLoadStatus());
    soon().until(() -> events("app").size() == 1);
    assertEquals("Normal Success", describe(events("app").getFirst()));
  }

  private static String describe(Event event) {
    return event.getType() + " " + event.getReason();
  }

  @Test
  void aRolloutCostsTwoWritesForEachNodeAndFourMore() throws Exception {
    startOperator("a");
    int nodes = 20;
    for (int i = 0; i < nodes; i++) {
      node("n" + i, "x");
    }
    apply("warm", "{matchLabels: {zone: none}}", 1);
    soon().until(() -> condition("warm").startsWith("Success"));
    soon().until(() -> events("warm").size() == 1);
    long before = ApiWrites.count(kubernetes);
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success"));
    soon().until(() -> events("app").size() == 1);
    long rollout = ApiWrites.count(kubernetes) - before + events("app").size();
    assertTrue(rollout <= 2 * nodes + 4, rollout + " writes for " + nodes + " nodes");
    before = ApiWrites.count(kubernetes);
    apply("app", "{}", 2);
    soon().until(() -> agents.stream().allMatch(agent -> agent.priority() == 2));
    soon()
        .until(
            () ->
                states().stream()
                    .filter(state -> state.getMetadata().getName().startsWith("app-"))
                    .allMatch(state -> status(state).getObservedGeneration() == 2));
    soon().until(() -> condition("app").startsWith("Success"));
    long update = ApiWrites.count(kubernetes) - before;
    assertTrue(update <= nodes + 4, update + " writes for an update on " + nodes + " nodes");
  }

  @Test
  void deletingLeavesNothing() throws Exception {
    startOperator("a");
    FakeAgent agent = node("n1", "x");
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success"));
    bpfman.clusterApplications().withName("app").delete();
    soon().until(() -> condition("app").equals("gone"));
    assertEquals(List.of(), agent.keys());
    soon().until(() -> states().isEmpty());
  }

  @Test
  void aDeadNodeBlocksNeitherSuccessNorDeletion() throws Exception {
    startOperator("a");
    node("n1", "x");
    FakeAgent dead = node("n2", "x");
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success: 2 of 2"));
    done(dead.die());
    soon().until(() -> states().stream().anyMatch(state -> type(state).equals("Pending")));
    apply("other", "{}", 1);
    soon()
        .untilAsserted(
            () ->
                assertEquals(
                    "Success: 1 of 2 selected nodes ready; not reporting: n2", condition("other")));
    bpfman.clusterApplications().withName("app").delete();
    soon().until(() -> condition("app").equals("gone"));
    assertEquals(List.of("ClusterBpfApplication/app"), dead.keys(), "nobody told it");
    done(dead.live(HEARTBEAT));
    soon().until(() -> dead.keys().equals(List.of("ClusterBpfApplication/other")));
    soon().until(() -> condition("other").startsWith("Success: 2 of 2"));
  }

  @Test
  void aFailingNodeIsNamedWithItsCauseAndCausesABoundedNumberOfWrites() throws Exception {
    startOperator("a");
    node("n1", "x");
    FakeAgent failing = node("n2", "x");
    failing.failing.put("ClusterBpfApplication/app", "the verifier says no");
    apply("app", "{}", 1);
    soon()
        .untilAsserted(
            () ->
                assertEquals(
                    "Error: 1 of 2 selected nodes ready;"
                        + " failing: n2 (VerifierRejected: the verifier says no)",
                    condition("app")));
    var failures =
        Objects.requireNonNull(bpfman.clusterApplications().withName("app").get().getStatus())
            .getFailures();
    assertEquals("n2", failures.getFirst().getNode());
    assertEquals("VerifierRejected", failures.getFirst().getReason());
    soon().until(() -> events("app").stream().anyMatch(e -> describe(e).equals("Warning Error")));
    long before = ApiWrites.count(kubernetes);
    for (int i = 0; i < 20; i++) {
      done(failing.heartbeat());
    }
    assertEquals(before, ApiWrites.count(kubernetes), "reports that say the same cost nothing");
    failing.failing.clear();
    done(failing.report().compose(report -> new OperatorClient(vertx).report(report)));
    soon().until(() -> condition("app").startsWith("Success"));
  }

  @Test
  void applicationsOfEqualNameInTwoNamespacesKeepApart() throws Exception {
    startOperator("a");
    FakeAgent agent = node("n1", "x");
    for (String namespace : List.of("blue", "red")) {
      BpfApplication application =
          kubernetes
              .getKubernetesSerialization()
              .unmarshal(sample("cluster/pods.yaml"), BpfApplication.class);
      application.getMetadata().setNamespace(namespace);
      application.getSpec().getByteCode().getImage().setImagePullSecret(null);
      kubernetes.resource(application).serverSideApply();
    }
    soon()
        .until(
            () ->
                agent
                    .keys()
                    .equals(List.of("BpfApplication/blue/pods", "BpfApplication/red/pods")));
    soon()
        .until(
            () ->
                bpfman.applications().inAnyNamespace().list().getItems().stream()
                    .allMatch(one -> describe(one).startsWith("Success")));
    assertEquals(1, bpfman.applicationStates().inNamespace("blue").list().getItems().size());
    bpfman.applications().inNamespace("blue").delete();
    soon().until(() -> agent.keys().equals(List.of("BpfApplication/red/pods")));
    BpfApplication red = bpfman.applications().inNamespace("red").withName("pods").get();
    assertTrue(describe(red).startsWith("Success"), describe(red));
  }

  private static String sample(String name) throws IOException {
    return Files.readString(Path.of(System.getProperty("bpfman.root"), "k8s/samples", name));
  }

  @Test
  void aSpecThatCannotWorkIsAnErrorNamingTheFieldAndTheLastGoodOneStays() throws Exception {
    startOperator("a");
    FakeAgent agent = node("n1", "x");
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success"));
    String twice =
        "[{\"op\":\"copy\",\"from\":\"/spec/programs/0\",\"path\":\"/spec/programs/1\"}]";
    KUBE.kubectl("patch", "clusterbpfapplication", "app", "--type=json", "-p", twice);
    soon().until(() -> condition("app").startsWith("Error: generation 2 is not used"));
    assertTrue(condition("app").contains("spec.programs[1].name"), condition("app"));
    assertEquals(1, agent.held.getApplications(0).getProgramsCount());
    soon().until(() -> events("app").stream().anyMatch(e -> describe(e).equals("Warning Error")));
    KUBE.kubectl(
        "patch",
        "clusterbpfapplication",
        "app",
        "--type=json",
        "-p",
        "[{\"op\":\"remove\",\"path\":\"/spec/programs/1\"}]");
    soon().until(() -> condition("app").startsWith("Success"));
  }

  @Test
  void whatOthersRemoveOrEditIsPutRight() throws Exception {
    startOperator("a");
    node("n1", "x");
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success"));
    String name = states().getFirst().getMetadata().getName();
    String uid = states().getFirst().getMetadata().getUid();
    bpfman.clusterApplicationStates().withName(name).delete();
    soon()
        .until(
            () ->
                states().stream()
                    .anyMatch(
                        state ->
                            !state.getMetadata().getUid().equals(uid)
                                && type(state).equals("Success")));
    KUBE.kubectl(
        "patch",
        "clusterbpfapplicationstate",
        name,
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"appLoadStatus\":\"Nonsense\"}}");
    soon().until(() -> status(states().getFirst()).getAppLoadStatus().equals("LoadSuccess"));
    KUBE.kubectl(
        "patch",
        "clusterbpfapplication",
        "app",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"conditions\":[]}}");
    soon().until(() -> condition("app").startsWith("Success"));
    KUBE.kubectl(
        "patch",
        "clusterbpfapplication",
        "app",
        "--type=merge",
        "-p",
        "{\"metadata\":{\"finalizers\":[]}}");
    soon()
        .until(
            () -> bpfman.clusterApplications().withName("app").get().getFinalizers().size() == 1);
  }

  @Test
  void nodesThatComeChangeAndGoAreFollowed() throws Exception {
    startOperator("a");
    node("n1", "x");
    apply("app", "{matchLabels: {zone: x}}", 1);
    soon().until(() -> condition("app").startsWith("Success: 1 of 1"));
    FakeAgent second = node("n2", "x");
    soon().until(() -> condition("app").startsWith("Success: 2 of 2"));
    KUBE.kubectl("label", "node", "n2", "zone=y", "--overwrite");
    soon().until(() -> second.keys().isEmpty());
    soon().until(() -> states().size() == 1);
    KUBE.kubectl("delete", "node", "n1");
    soon()
        .until(() -> condition("app").equals("Success: the node selector matches none of 1 nodes"));
    soon().until(() -> states().isEmpty());
  }

  @Test
  void anotherOperatorTakesOverAndTheOldOneIsRefused() throws Exception {
    String first = startOperator("a");
    FakeAgent agent = node("n1", "x");
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success"));
    long epoch = agent.held.getEpoch();
    startOperator("b");
    done(vertx.undeploy(first));
    apply("app", "{}", 2);
    soon().until(() -> agent.priority() == 2);
    assertTrue(agent.held.getEpoch() > epoch, epoch + " to " + agent.held.getEpoch());
    soon().until(() -> condition("app").startsWith("Success"));
    assertEquals(1, states().size());
  }

  @Test
  void aLeaseMadeAnewDoesNotShutTheLeaderOut() throws Exception {
    startOperator("a");
    FakeAgent agent = node("n1", "x");
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success"));
    long epoch = agent.held.getEpoch();
    for (String deployment : vertx.deploymentIDs()) {
      done(vertx.undeploy(deployment));
    }
    kubernetes.leases().inNamespace(NAMESPACE).delete();
    startOperator("b");
    apply("app", "{}", 2);
    soon().until(() -> agent.priority() == 2);
    assertTrue(agent.held.getEpoch() >= epoch, epoch + " to " + agent.held.getEpoch());
  }

  /** A running pod, as a kubelet would report it. */
  private void pod(String namespace, String name, String node) {
    kubernetes
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("server")
                .withImage("example")
                .endContainer()
                .endSpec()
                .build())
        .create();
    KUBE.kubectl(
        "patch",
        "pod",
        name,
        "-n",
        namespace,
        "--subresource=status",
        "-p",
        "{\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"server\",\"image\":\"example\","
            + "\"imageID\":\"example\",\"containerID\":\"containerd://abc\",\"ready\":true,\"restartCount\":0,"
            + "\"state\":{\"running\":{\"startedAt\":\"2026-01-01T00:00:00Z\"}}}]}}");
  }

  private static List<String> podsOf(FakeAgent agent) {
    return agent.held.getApplicationsList().stream()
        .flatMap(one -> one.getProgramsList().stream())
        .flatMap(program -> program.getLinksList().stream())
        .filter(LinkSpec::hasNetwork)
        .flatMap(link -> link.getNetwork().getPods().getPodsList().stream())
        .map(pod -> pod.getNamespace() + "/" + pod.getName())
        .distinct()
        .toList();
  }

  @Test
  void anApplicationOfANamespaceSelectsTheRunningPodsOfThatNamespaceOnEachNode() throws Exception {
    startOperator("a");
    FakeAgent first = node("n1", "x");
    FakeAgent second = node("n2", "x");
    BpfApplication application =
        kubernetes
            .getKubernetesSerialization()
            .unmarshal(sample("cluster/pods.yaml"), BpfApplication.class);
    application.getMetadata().setNamespace("blue");
    application.getSpec().getByteCode().getImage().setImagePullSecret(null);
    kubernetes.resource(application).serverSideApply();
    soon().until(() -> first.keys().size() == 1 && second.keys().size() == 1);
    assertEquals(List.of(), podsOf(first));
    pod("blue", "web-1", "n1");
    pod("red", "web-2", "n1");
    pod("blue", "web-3", "n2");
    soon().until(() -> podsOf(first).equals(List.of("blue/web-1")));
    soon().until(() -> podsOf(second).equals(List.of("blue/web-3")));
    KUBE.kubectl("delete", "pod", "web-1", "-n", "blue", "--force", "--grace-period=0");
    soon().until(() -> podsOf(first).isEmpty());
    KUBE.kubectl("delete", "pod", "--all", "-n", "blue", "--force", "--grace-period=0");
    KUBE.kubectl("delete", "pod", "--all", "-n", "red", "--force", "--grace-period=0");
  }
}
