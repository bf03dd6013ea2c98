package io.bpfman.operator.pki;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.adapter.k8s.pki.ConfigMapTrust;
import io.bpfman.operator.adapter.k8s.pki.PodTokenCheck;
import io.bpfman.operator.adapter.k8s.pki.SecretKeyringStore;
import io.bpfman.operator.pki.core.Admittance;
import io.bpfman.operator.pki.core.Authorities;
import io.bpfman.operator.pki.core.AuthorityRules;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.EnrolmentSettings.Given;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Pem;
import io.bpfman.runtime.pki.Role;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a real API server, of pods bound to nodes; with the rights of k8s/base alone. */
@Tag("kube")
class KubernetesEnrolmentIT {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  private static final String NAMESPACE = "bpfman";
  private static final Path BASE = Path.of(System.getProperty("bpfman.root"), "k8s/base");
  private static final String POD =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: enrol-a}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: bpfman-daemon-a, namespace: bpfman}
      spec:
        nodeName: enrol-a
        serviceAccountName: bpfman-daemon
        containers: [{name: c, image: none.invalid/c}]
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: stranger, namespace: bpfman}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: stranger-a, namespace: bpfman}
      spec:
        nodeName: enrol-a
        serviceAccountName: stranger
        containers: [{name: c, image: none.invalid/c}]
      """;

  private static KubernetesClient operator;
  @TempDir static Path temporary;
  @TempDir Path directory;

  @BeforeAll
  static void install() throws Exception {
    KUBE.kubectl("apply", "-f", BASE.resolve("namespace.yaml").toString());
    for (String file :
        List.of("service-accounts.yaml", "operator-role.yaml", "operator-cluster-role.yaml")) {
      KUBE.kubectl("apply", "-n", NAMESPACE, "-f", BASE.resolve(file).toString());
    }
    Path pods = Files.writeString(temporary.resolve("pods.yaml"), POD);
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> !KUBE.kubectl("apply", "-f", pods.toString()).isEmpty());
    operator =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.fromKubeconfig(KUBE.kubeconfig()))
                    .withImpersonateUsername("system:serviceaccount:bpfman:bpfman-operator")
                    .build())
            .build();
    // A new right takes a moment to reach the authorizer.
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> new PodTokenCheck(operator, NAMESPACE, Role.NODE).check("x", "y", "") != null);
  }

  @AfterAll
  static void remove() {
    operator.close();
    KUBE.kubectl("delete", "--now", "-f", temporary.resolve("pods.yaml").toString());
    KUBE.kubectl("delete", "-n", NAMESPACE, "--ignore-not-found", "secret,configmap", "bpfman-ca");
    for (String file : List.of("operator-role.yaml", "operator-cluster-role.yaml")) {
      KUBE.kubectl("delete", "-n", NAMESPACE, "-f", BASE.resolve(file).toString());
    }
  }

  private static String token(String account, String... more) {
    return KUBE.kubectl(
            Stream.concat(Stream.of("create", "token", account, "-n", NAMESPACE), Stream.of(more))
                .toArray(String[]::new))
        .strip();
  }

  private static String bound(String account, String pod, String audience) {
    return token(
        account, "--audience=" + audience, "--bound-object-kind=Pod", "--bound-object-name=" + pod);
  }

  private static String good() {
    return bound("bpfman-daemon", "bpfman-daemon-a", PodTokenCheck.AUDIENCE);
  }

  private static Admittance check(String token, String node) {
    return new PodTokenCheck(operator, NAMESPACE, Role.NODE).check(token, node, "");
  }

  private static String forbidden(String token, String node) {
    return assertInstanceOf(Admittance.Forbidden.class, check(token, node)).why();
  }

  private AuthorityKeeper keeper() {
    EnrolmentLab lab = new EnrolmentLab(directory, AuthorityRules.USUAL);
    return new AuthorityKeeper(
        AuthorityRules.USUAL,
        new CertificatePorts(
            new SecretKeyringStore(operator, NAMESPACE, SecretKeyringStore.AUTHORITY),
            new ConfigMapTrust(operator, NAMESPACE),
            lab.maker,
            Instant::now));
  }

  @Test
  void theTokenOfAPodIsForTheNodeThatThePodRunsOn() {
    Admittance granted = new Admittance.Granted(new PeerIdentity(Role.NODE, "enrol-a"));
    assertEquals(granted, check(good(), "enrol-a"));
    assertTrue(forbidden(good(), "enrol-b").contains("another node"));
  }

  @Test
  void tokensForOtherPurposesAreNone() {
    assertEquals(new Admittance.Unknown(), check("nonsense", "enrol-a"));
    assertEquals(
        new Admittance.Unknown(),
        check(bound("bpfman-daemon", "bpfman-daemon-a", "other"), "enrol-a"));
    assertEquals(new Admittance.Unknown(), check(token("bpfman-daemon"), "enrol-a"));
    String signed = good();
    assertEquals(
        new Admittance.Unknown(), check(signed.substring(0, signed.length() - 9), "enrol-a"));
  }

  @Test
  void otherAccountsEnrolNobody() {
    String why = forbidden(bound("stranger", "stranger-a", PodTokenCheck.AUDIENCE), "enrol-a");
    assertTrue(why.contains("system:serviceaccount:bpfman:stranger"), why);
  }

  @Test
  void aTokenOfNoPodIsForNoNode() {
    String free = token("bpfman-daemon", "--audience=" + PodTokenCheck.AUDIENCE);
    assertTrue(forbidden(free, "enrol-a").contains("no pod"));
  }

  @Test
  void aPodsTokenGivesACertificateOverHttps() throws Exception {
    try (EnrolmentLab lab =
        new EnrolmentLab(directory, AuthorityRules.USUAL)
            .serve(new PodTokenCheck(operator, NAMESPACE, Role.NODE))) {
      List<CertificateSet> told = new CopyOnWriteArrayList<>();
      Path file = directory.resolve("token");
      Files.writeString(file, bound("stranger", "stranger-a", PodTokenCheck.AUDIENCE));
      lab.node("enrol-a", new Given(file, directory.resolve("ca.crt")), told::add);
      await().pollDelay(Duration.ofMillis(500)).until(told::isEmpty);
      Files.writeString(file, good());
      await().atMost(Duration.ofSeconds(20)).until(() -> !told.isEmpty());
      assertEquals(new PeerIdentity(Role.NODE, "enrol-a"), told.getLast().identity());
    }
  }

  @Test
  void replicasAgreeOnTheAuthorityOfTheSecretAndTheLeaderPublishesIt() {
    AuthorityKeeper first = keeper();
    Authorities authorities = first.refresh();
    assertEquals(authorities, keeper().refresh());
    first.lead();
    assertEquals(authorities, first.authorities());
    String published =
        KUBE.kubectl(
            "get", "configmap", "-n", NAMESPACE, "bpfman-ca", "-o", "jsonpath={.data.ca\\.crt}");
    assertEquals(Pem.write(authorities.certificates()).strip(), published.strip());
    String keys =
        KUBE.kubectl(
            "get", "secret", "-n", NAMESPACE, "bpfman-ca", "-o", "jsonpath={.data.ca\\.key}");
    assertTrue(new String(Base64.getDecoder().decode(keys), UTF_8).contains("PRIVATE KEY"));
  }
}
