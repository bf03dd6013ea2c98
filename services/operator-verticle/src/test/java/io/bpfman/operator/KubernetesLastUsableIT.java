package io.bpfman.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The last usable spec while a newer one is refused, without webhook. */
@Tag("kube")
class KubernetesLastUsableIT extends KubernetesCase {
  private static final String ANNOTATION = "bpfman.io/last-usable-spec";
  private static final String TWICE =
      "[{\"op\":\"copy\",\"from\":\"/spec/programs/0\",\"path\":\"/spec/programs/1\"}]";
  private static final String ONCE = "[{\"op\":\"remove\",\"path\":\"/spec/programs/1\"}]";

  private void patch(String change) {
    KUBE.kubectl("patch", "clusterbpfapplication", "app", "--type=json", "-p", change);
  }

  private Map<String, String> annotations() {
    return Objects.requireNonNullElse(
        bpfman.clusterApplications().withName("app").get().getMetadata().getAnnotations(),
        Map.of());
  }

  @Test
  void outlivesTheLeaderThatSawItAndGoesWhenTheSpecIsCorrected() throws Exception {
    String first = startOperator("a");
    FakeAgent agent = node("n1", "x");
    apply("app", "{}", 7);
    soon().until(() -> condition("app").startsWith("Success"));
    patch(TWICE);
    soon().until(() -> condition("app").startsWith("Error: generation 2 is not used"));
    soon().until(() -> annotations().containsKey(ANNOTATION));
    done(vertx.undeploy(first));
    long epoch = agent.held.getEpoch();
    int generation = (int) agent.held.getApplications(0).getGeneration();
    startOperator("b");
    soon().until(() -> agent.held.getEpoch() > epoch);
    assertEquals(List.of("ClusterBpfApplication/app"), agent.keys(), "nothing was unloaded");
    assertEquals(generation, agent.held.getApplications(0).getGeneration());
    assertEquals(1, agent.held.getApplications(0).getProgramsCount());
    assertEquals(7, agent.priority());
    apply("other", "{}", 1);
    soon().until(() -> condition("other").startsWith("Success"));
    assertEquals(2, agent.keys().size());
    assertTrue(condition("app").contains("generation 1 stays: 1 of 1"), condition("app"));
    patch(ONCE);
    soon().until(() -> condition("app").startsWith("Success"));
    soon().until(() -> !annotations().containsKey(ANNOTATION));
  }

  @Test
  void isPutBackWhenSomebodyEditsIt() throws Exception {
    startOperator("a");
    FakeAgent agent = node("n1", "x");
    apply("app", "{}", 7);
    soon().until(() -> condition("app").startsWith("Success"));
    patch(TWICE);
    soon().until(() -> annotations().containsKey(ANNOTATION));
    String kept = annotations().get(ANNOTATION);
    KUBE.kubectl("annotate", "clusterbpfapplication", "app", "--overwrite", ANNOTATION + "={}");
    soon().until(() -> kept.equals(annotations().get(ANNOTATION)));
    assertEquals(7, agent.priority());
  }
}
