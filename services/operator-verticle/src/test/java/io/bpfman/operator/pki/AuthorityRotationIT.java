package io.bpfman.operator.pki;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.pki.core.AuthorityRules;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.EnrolmentRequest;
import io.bpfman.runtime.pki.EnrolmentSettings.Given;
import io.bpfman.runtime.pki.KeyPairs;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hours as seconds: an authority of a minute and certificates of 12 s, in real time and real TLS.
 */
@Tag("cluster")
class AuthorityRotationIT {
  private static final Duration STEP = Duration.ofMillis(200);

  private final List<CertificateSet> told = new CopyOnWriteArrayList<>();
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private final Set<Integer> bundles = ConcurrentHashMap.newKeySet();
  @TempDir Path directory;

  /** With what the node has now: its certificate is taken and it trusts what it meets. */
  private void talk(EnrolmentLab lab) {
    CertificateSet held = told.getLast();
    bundles.add(held.authorities().size());
    if (held.isOver(Instant.now())) {
      failure.compareAndSet("", "the certificate was over");
    }
    try {
      EnrolmentRequest request =
          EnrolmentRequest.of("node-a", KeyPairs.fresh(), held.own().getEncoded());
      int status = lab.post(lab.options(held), Map.of(), request.encode()).status();
      if (status != 200) {
        failure.compareAndSet("", "answered " + status);
      }
    } catch (Exception e) {
      failure.compareAndSet("", String.valueOf(e));
    }
  }

  @Test
  void anAuthorityIsReplacedWithoutABreak() throws Exception {
    AuthorityRules rules = new AuthorityRules(Duration.ofSeconds(60), Duration.ofSeconds(12));
    try (EnrolmentLab lab = new EnrolmentLab(directory, rules).real().serve()) {
      X509Certificate first = lab.keeper.authorities().newest().certificate();
      Vertx vertx = lab.vertx;
      vertx
          .deployVerticle(new CertificateStepVerticle(lab.keeper::lead, "the test", STEP))
          .toCompletionStage()
          .toCompletableFuture()
          .get();
      Path token = Files.writeString(directory.resolve("token"), lab.token("node-a"));
      lab.node("node-a", new Given(token, directory.resolve("ca.crt")), told::add);
      await().atMost(Duration.ofSeconds(30)).until(() -> !told.isEmpty());
      Files.delete(token);
      await()
          .atMost(Duration.ofSeconds(120))
          .pollInterval(STEP)
          .until(
              () -> {
                talk(lab);
                return !failure.get().isEmpty() || !told.getLast().authorities().contains(first);
              });
      assertEquals("", failure.get());
      assertEquals(Set.of(1, 2), bundles);
      assertTrue(told.size() > 4, "renewals: " + told.size());
      assertFalse(CertificateSet.isSigned(told.getLast().own(), first));
    }
  }
}
