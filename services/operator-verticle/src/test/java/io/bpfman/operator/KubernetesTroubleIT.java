package io.bpfman.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An API server that does not answer, answers late, or gives no right. */
@Tag("kube")
class KubernetesTroubleIT extends KubernetesCase {
  private CuttableProxy proxy;

  private Config throughProxy() throws Exception {
    Config direct = asOperator();
    proxy = new CuttableProxy(vertx, URI.create(direct.getMasterUrl()).getPort());
    return new ConfigBuilder(direct)
        .withMasterUrl("https://127.0.0.1:%d/".formatted(done(proxy.start())))
        .build();
  }

  @Test
  void whatWasAppliedWhileTheApiServerWasAwayIsDoneWhenItIsBack() throws Exception {
    startOperator("a", throughProxy());
    FakeAgent agent = node("n1", "x");
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success"));
    proxy.cut();
    apply("app", "{}", 2);
    apply("other", "{}", 1);
    assertEquals(List.of("ClusterBpfApplication/app"), agent.keys(), "what runs goes on");
    proxy.restore();
    soon().until(() -> agent.keys().size() == 2 && agent.priority() == 2);
    soon()
        .untilAsserted(
            () -> {
              assertTrue(condition("app").startsWith("Success"), condition("app"));
              assertTrue(condition("other").startsWith("Success"), condition("other"));
            });
    assertEquals(2, states().size(), "nothing is doubled");
  }

  @Test
  void cutWatchesLoseNothing() throws Exception {
    startOperator("a", throughProxy());
    FakeAgent agent = node("n1", "x");
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success"));
    for (int priority = 2; priority <= 4; priority++) {
      proxy.drop();
      apply("app", "{}", priority);
      int wanted = priority;
      soon().until(() -> agent.priority() == wanted);
    }
    soon().until(() -> condition("app").startsWith("Success"));
    assertEquals(1, states().size());
  }

  @Test
  void ofTwoOperatorsOnlyOneLeadsAndNothingIsDoubled() throws Exception {
    startOperator("a");
    startOperator("b");
    FakeAgent agent = node("n1", "x");
    apply("app", "{}", 1);
    soon().until(() -> condition("app").startsWith("Success"));
    soon().until(() -> events("app").size() == 1);
    int sent = agent.applied.get();
    for (int i = 0; i < 10; i++) {
      done(agent.heartbeat());
    }
    assertEquals(sent, agent.applied.get(), "only the leader sends");
    assertEquals(1, states().size());
    assertEquals(1, events("app").size());
  }

  @Test
  void withoutARightToWriteStatesTheNodesStillGetTheirPrograms() throws Exception {
    startOperator("a");
    FakeAgent agent = node("n1", "x");
    String readOnly =
        "[{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"get\",\"list\",\"watch\"]}]";
    withRights(
        _ -> readOnly,
        () -> {
          apply("app", "{}", 1);
          soon().until(() -> agent.keys().size() == 1);
          assertFalse(condition("app").startsWith("Success"), condition("app"));
        });
    soon().until(() -> condition("app").startsWith("Success"));
    soon().until(() -> states().size() == 1);
  }
}
