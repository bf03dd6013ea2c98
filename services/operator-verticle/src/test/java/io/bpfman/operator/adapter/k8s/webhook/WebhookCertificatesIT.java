package io.bpfman.operator.adapter.k8s.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.adapter.k8s.pki.SecretKeyringStore;
import io.bpfman.operator.webhook.core.KeyringPem;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kube")
class WebhookCertificatesIT extends WebhookCase {
  private static final String BAD =
      """
      apiVersion: bpfman.io/v1alpha1
      kind: ClusterBpfApplication
      metadata: {name: app}
      spec:
        nodeSelector: {}
        byteCode: {image: {url: 'quay.io/A/b'}}
        programs: [{name: counter, type: XDP, xdp: {}}]
      """;
  private static final String GOOD = BAD.replace("quay.io/A/b", "quay.io/a/b");

  private final AtomicReference<Instant> now = new AtomicReference<>(Replica.longAgo());

  private Replica replica(InstantSource clock) {
    return new Replica(vertx, operator, clock);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20));
  }

  private static String secret(String key) {
    return new String(
        Base64.getDecoder()
            .decode(
                client
                    .secrets()
                    .inNamespace(Replica.NAMESPACE)
                    .withName(SecretKeyringStore.WEBHOOK)
                    .get()
                    .getData()
                    .get(key)),
        UTF_8);
  }

  private static String bundle() {
    String encoded = Admissions.bundle(client);
    return encoded == null ? "" : new String(Base64.getDecoder().decode(encoded), UTF_8);
  }

  private static int authorities(String bundle) {
    return bundle.split("BEGIN CERTIFICATE", -1).length - 1;
  }

  private static void configure(Replica replica) {
    Admissions.configure(client, replica.port(), hook -> hook.setFailurePolicy("Fail"));
  }

  @Test
  void replicasThatStartAtOnceAgreeOnOneAuthority() throws Exception {
    try (KubernetesClient second = Admissions.operator(KUBE);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 10; round++) {
        List<Callable<String>> starts =
            List.of(
                () -> replica(InstantSource.system()).keeper.read().orElseThrow().chain(),
                () ->
                    new Replica(vertx, second, InstantSource.system())
                        .keeper
                        .read()
                        .orElseThrow()
                        .chain());
        List<Future<String>> chains = threads.invokeAll(starts);
        assertEquals(secret(KeyringPem.CERTIFICATE), chains.get(0).get());
        assertEquals(secret(KeyringPem.CERTIFICATE), chains.get(1).get());
        client
            .secrets()
            .inNamespace(Replica.NAMESPACE)
            .withName(SecretKeyringStore.WEBHOOK)
            .delete();
      }
    }
  }

  @Test
  void twoLeadersAtOnceDoNoHarm() throws Exception {
    Replica first = replica(InstantSource.system()).serve(0);
    Replica second = replica(InstantSource.system());
    configure(first);
    first.lead();
    second.lead();
    Admissions.awaitRefusal(client, BAD);
    assertEquals(secret(KeyringPem.AUTHORITIES), bundle());
  }

  @Test
  void aBundleThatIsRemovedByHandComesBackAndNothingElseIsTouched() {
    Replica replica = replica(InstantSource.system()).serve(0);
    configure(replica);
    replica.lead();
    Admissions.awaitRefusal(client, BAD);
    String bundle = bundle();
    KUBE.kubectl(
        "patch",
        "validatingwebhookconfiguration",
        WebhookConfigurationTrust.NAME,
        "--type=json",
        "-p",
        "[{\"op\":\"remove\",\"path\":\"/webhooks/0/clientConfig/caBundle\"},"
            + "{\"op\":\"replace\",\"path\":\"/webhooks/0/timeoutSeconds\",\"value\":7}]");
    soon().until(() -> bundle().equals(bundle));
    Admissions.awaitRefusal(client, BAD);
    // Applying the manifest again leaves the bundle alone.
    configure(replica);
    assertEquals(bundle, bundle());
    String fields =
        KUBE.kubectl(
            "get",
            "validatingwebhookconfiguration",
            WebhookConfigurationTrust.NAME,
            "--show-managed-fields",
            "-o",
            "jsonpath={.metadata.managedFields[?(@.manager==\"bpfman-operator-webhook\")].fieldsV1}");
    assertTrue(fields.contains("f:caBundle"), fields);
    assertFalse(fields.contains("f:url") || fields.contains("f:timeoutSeconds"), fields);
  }

  @Test
  void noCallIsRefusedWhileAuthorityAndCertificateChange() {
    Replica replica = replica(now::get).serve(0);
    configure(replica);
    replica.lead();
    Admissions.awaitRefusal(client, BAD);
    String before = secret(KeyringPem.CERTIFICATE);
    try (Load load = new Load()) {
      load.awaitMore(20);
      now.updateAndGet(time -> time.plus(Duration.ofDays(67)));
      soon().until(() -> authorities(bundle()) == 2);
      assertEquals(before, secret(KeyringPem.CERTIFICATE));
      load.awaitMore(50);
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(2)));
      soon().until(() -> !secret(KeyringPem.CERTIFICATE).equals(before));
      soon()
          .until(
              () ->
                  replica
                      .keeper
                      .read()
                      .orElseThrow()
                      .chain()
                      .equals(secret(KeyringPem.CERTIFICATE)));
      load.awaitMore(50);
      assertEquals(List.of(), load.failures());
    }
    // On the old connections the old certificate may have lived on; these are new ones.
    int port = replica.port();
    replica.stopServing();
    replica.serve(port);
    client.resource(GOOD).dryRun().create();
    assertEquals(2, authorities(bundle()));
  }

  /** Creations, one after the other, until it is closed. */
  private static final class Load implements AutoCloseable {
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().start(this::run);

    private void run() {
      while (running.get()) {
        try {
          client.resource(GOOD).dryRun().create();
        } catch (RuntimeException e) {
          failures.add(e.getMessage());
        }
        calls.incrementAndGet();
      }
    }

    void awaitMore(int number) {
      int wanted = calls.get() + number;
      soon().until(() -> calls.get() >= wanted);
    }

    List<String> failures() {
      return failures;
    }

    @Override
    public void close() {
      running.set(false);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void somebodyElsesSecretIsNotTouched() {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(SecretKeyringStore.WEBHOOK)
                .withNamespace(Replica.NAMESPACE)
                .endMetadata()
                .withStringData(Map.of("tls.crt", "theirs"))
                .build())
        .create();
    Replica replica = replica(InstantSource.system());
    String message = assertThrows(IllegalStateException.class, replica.keeper::read).getMessage();
    assertTrue(message.startsWith("Secret bpfman/bpfman-webhook-cert has no label"), message);
    assertThrows(IllegalStateException.class, replica.keeper::lead);
    assertEquals("theirs", secret("tls.crt"));
  }

  @Test
  void aSecretThatIsRemovedIsMadeAgainAndTrusted() {
    Replica replica = replica(InstantSource.system()).serve(0);
    configure(replica);
    replica.lead();
    Admissions.awaitRefusal(client, BAD);
    String before = bundle();
    client.secrets().inNamespace(Replica.NAMESPACE).withName(SecretKeyringStore.WEBHOOK).delete();
    soon().until(() -> !bundle().equals(before));
    Admissions.awaitRefusal(client, BAD);
    assertNotEquals(before, bundle());
  }
}
