package io.bpfman.operator.adapter.k8s;

import io.bpfman.model.Backoff;
import io.bpfman.operator.adapter.k8s.tools.ApiWords;
import io.bpfman.operator.adapter.k8s.tools.KeyQueue;
import io.bpfman.operator.core.ManagedApplication;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Whether the pull secrets that applications name can be used. Each is asked for by its name, now
 * and then; nothing of it is kept. For one caller at a time.
 */
final class PullSecrets implements AutoCloseable {
  private static final KeyQueue.Limits LIMITS =
      new KeyQueue.Limits(
          2, new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)), Duration.ZERO);

  /** While somebody waits for one that is to be made. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Duration LATER = Duration.ofMinutes(1);

  /** For first answers, so that the first condition tells of them; later ones change it. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** Those that hold a Docker configuration. */
  private static final Set<String> TYPES =
      Set.of("kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg");

  private final KubernetesClient client;
  private final KeyQueue<SecretName> queue = new KeyQueue<>(LIMITS, this::look);
  private final Map<SecretName, Answer> answers = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param given completes with the first answer, be it that there is none
   * @param problem empty while none is known
   */
  private record Answer(CompletableFuture<Void> given, String problem) {}

  PullSecrets(KubernetesClient client) {
    this.client = client;
  }

  /** Once. */
  void start() {
    queue.start("bpfman-pull-secrets");
  }

  /** Called from any thread when an answer has changed. */
  void onChanged(Runnable listener) {
    listeners.add(listener);
  }

  /** From now on these and no others; blocks for first answers, but not long. */
  void follow(Set<SecretName> names) {
    answers.keySet().retainAll(names);
    List<CompletableFuture<Void>> first = new ArrayList<>();
    for (SecretName name : names) {
      Answer none = new Answer(new CompletableFuture<>(), "");
      if (answers.putIfAbsent(name, none) == null) {
        first.add(none.given());
        queue.hurry(name);
      }
    }
    CompletableFuture.allOf(first.toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** What keeps the application's pull secret from being used; empty: nothing that is known. */
  String problem(ManagedApplication application) {
    return SecretName.of(application)
        .map(answers::get)
        .map(Answer::problem)
        .filter(problem -> !problem.isEmpty())
        .map(problem -> "spec.byteCode.image.imagePullSecret: " + problem)
        .orElse("");
  }

  private Optional<Duration> look(SecretName name) {
    Answer before = answers.get(name);
    if (before == null) {
      return Optional.empty();
    }
    try {
      String problem = ask(name);
      Answer now = new Answer(before.given(), problem);
      if (!now.equals(before) && answers.replace(name, before, now)) {
        listeners.forEach(Runnable::run);
      }
      return Optional.of(problem.isEmpty() ? LATER : SOON);
    } finally {
      before.given().complete(null);
    }
  }

  private String ask(SecretName name) {
    try {
      Secret secret = client.secrets().inNamespace(name.namespace()).withName(name.name()).get();
      if (secret == null) {
        return "there is no %s; \"kubectl create secret docker-registry\" makes one"
            .formatted(name);
      }
      return TYPES.contains(secret.getType())
          ? ""
          : "%s has type %s; a pull secret has %s"
              .formatted(name, secret.getType(), "kubernetes.io/dockerconfigjson");
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      return "%s cannot be read: %s".formatted(name, ApiWords.forbidden(e));
    }
  }

  @Override
  public void close() {
    queue.close();
  }
}
