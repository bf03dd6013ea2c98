package io.bpfman.operator.adapter.k8s.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bpfman.runtime.health.AccessCheck.Access;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("kube")
class KubernetesAccessCheckIT {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  private static final String PATH = "/metrics";
  private static KubernetesClient operator;
  private static KubernetesClient powerless;

  @BeforeAll
  static void install() {
    operator = as("access-operator");
    powerless = as("powerless");
    KUBE.kubectl(
        "create",
        "clusterrolebinding",
        "access-operator",
        "--clusterrole=system:auth-delegator",
        "--serviceaccount=default:access-operator");
    KUBE.kubectl(
        "create", "clusterrole", "access-reader", "--verb=get", "--non-resource-url=" + PATH);
    KUBE.kubectl(
        "create",
        "clusterrolebinding",
        "access-reader",
        "--clusterrole=access-reader",
        "--serviceaccount=default:prometheus");
    KUBE.kubectl("create", "serviceaccount", "prometheus");
    KUBE.kubectl("create", "serviceaccount", "stranger");
  }

  @AfterAll
  static void remove() {
    operator.close();
    powerless.close();
    KUBE.kubectl("delete", "clusterrolebinding", "access-operator", "access-reader");
    KUBE.kubectl("delete", "clusterrole", "access-reader");
    KUBE.kubectl("delete", "serviceaccount", "prometheus", "stranger");
  }

  private static KubernetesClient as(String account) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.fromKubeconfig(KUBE.kubeconfig()))
                .withImpersonateUsername("system:serviceaccount:default:" + account)
                .build())
        .build();
  }

  private static String token(String account) {
    return KUBE.kubectl("create", "token", account).strip();
  }

  @Test
  void theApiServerDecidesWhoMayRead() {
    KubernetesAccessCheck check = new KubernetesAccessCheck(operator);
    String prometheus = token("prometheus");
    // A new right takes a moment to reach the authorizer.
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> check.check(prometheus, PATH), Access.ALLOWED::equals);
    assertEquals(Access.FORBIDDEN, check.check(prometheus, "/metrics/other"));
    assertEquals(Access.FORBIDDEN, check.check(token("stranger"), PATH));
    assertEquals(Access.UNAUTHENTICATED, check.check("nonsense", PATH));
    assertEquals(Access.UNAUTHENTICATED, check.check(prometheus.substring(0, 40) + "x", PATH));
  }

  @Test
  void withoutTheRightToAskNobodyIsLetIn() {
    KubernetesAccessCheck check = new KubernetesAccessCheck(powerless);
    String prometheus = token("prometheus");
    assertThrows(KubernetesClientException.class, () -> check.check(prometheus, PATH));
  }
}
