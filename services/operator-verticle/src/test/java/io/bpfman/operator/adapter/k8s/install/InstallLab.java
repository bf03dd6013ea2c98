package io.bpfman.operator.adapter.k8s.install;

import static org.awaitility.Awaitility.await;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.model.Backoff;
import io.bpfman.operator.core.install.InstallSettings;
import io.bpfman.operator.core.install.ObjectRef;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.core.ConditionFactory;

/** A cluster with an overlay of k8s, and the operator's controller with the operator's token. */
final class InstallLab implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("bpfman.root"));
  static final String NAMESPACE = "bpfman";
  static final InstallSettings SETTINGS =
      new InstallSettings(
          NAMESPACE,
          new InstallSettings.Images(
              "quay.io/bpfman/bpfman:latest", "quay.io/bpfman/bpfman-agent:latest", null),
          Duration.ofMillis(300),
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)));

  static final ObjectRef CONFIG_MAP = new ObjectRef("v1", "ConfigMap", NAMESPACE, "bpfman-config");
  static final ObjectRef DAEMON_SET =
      new ObjectRef("apps/v1", "DaemonSet", NAMESPACE, "bpfman-daemon");
  static final ObjectRef CSI_DRIVER =
      new ObjectRef("storage.k8s.io/v1", "CSIDriver", null, "csi.bpfman.io");
  static final List<ObjectRef> OWNED = List.of(CONFIG_MAP, DAEMON_SET, CSI_DRIVER);

  final KubernetesClient admin;
  private final KubeServer server;
  private final KubernetesClient operator;
  private Optional<ConfigController> controller = Optional.empty();

  private InstallLab(KubeServer server) {
    this.server = server;
    this.admin =
        new KubernetesClientBuilder()
            .withConfig(io.fabric8.kubernetes.client.Config.fromKubeconfig(server.kubeconfig()))
            .build();
    this.operator = as("bpfman-operator");
  }

  /** Applies an overlay, or the base, and waits until the API knows the kinds. */
  static InstallLab install(KubeServer server, String directory) {
    server.kubectl("apply", "--server-side", "--force-conflicts", "-k", directory(directory));
    server.kubectl("wait", "--for=condition=Established", "crd/configs.bpfman.io");
    return new InstallLab(server);
  }

  static String directory(String below) {
    return ROOT.resolve("k8s").resolve(below).toString();
  }

  /** A client with a token of a ServiceAccount of the namespace, and nothing else. */
  KubernetesClient as(String account) {
    TokenRequest token =
        admin
            .serviceAccounts()
            .inNamespace(NAMESPACE)
            .withName(account)
            .tokenRequest(new TokenRequest());
    var config = io.fabric8.kubernetes.client.Config.fromKubeconfig(server.kubeconfig());
    config.setClientCertData(null);
    config.setClientKeyData(null);
    config.setAutoOAuthToken(token.getStatus().getToken());
    config.setOauthToken(token.getStatus().getToken());
    config.setRequestRetryBackoffLimit(1);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** What a replica does that leads. */
  void startOperator() {
    ConfigController started = new ConfigController(operator, SETTINGS, InstantSource.system());
    controller = Optional.of(started);
    started.start();
  }

  boolean bootstrap() {
    return ConfigBootstrap.ensureDefault(operator, SETTINGS);
  }

  /** Idempotent. */
  void stopOperator() {
    controller.ifPresent(ConfigController::close);
    controller = Optional.empty();
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(45)).pollInterval(Duration.ofMillis(50));
  }

  Resource<GenericKubernetesResource> object(ObjectRef object) {
    return ObjectAccess.resource(admin, object);
  }

  Resource<Config> config() {
    return admin.resources(Config.class).withName(ApiNames.CONFIG_NAME);
  }

  /** Also while the controller writes the same object. */
  void editConfig(Consumer<Config> change) {
    soon()
        .ignoreExceptionsMatching(InstallLab::isConflict)
        .until(
            () -> {
              config()
                  .edit(
                      config -> {
                        change.accept(config);
                        return config;
                      });
              return true;
            });
  }

  /** Also while the controller writes the same object. */
  void editDaemonSet(Consumer<DaemonSet> change) {
    soon()
        .ignoreExceptionsMatching(InstallLab::isConflict)
        .until(
            () -> {
              admin
                  .apps()
                  .daemonSets()
                  .inNamespace(NAMESPACE)
                  .withName("bpfman-daemon")
                  .edit(
                      set -> {
                        change.accept(set);
                        return set;
                      });
              return true;
            });
  }

  private static boolean isConflict(Throwable thrown) {
    return thrown instanceof KubernetesClientException refused
        && refused.getCode() == ApiErrors.CONFLICT;
  }

  boolean isThere(ObjectRef object) {
    return object(object).get() != null;
  }

  /** Waits until all of them are there. */
  void awaitAll(List<ObjectRef> objects) {
    soon().until(() -> objects.stream().filter(one -> !isThere(one)).toList(), List::isEmpty);
  }

  /** Waits until none of them is there. */
  void awaitNone(List<ObjectRef> objects) {
    soon().until(() -> objects.stream().filter(this::isThere).toList(), List::isEmpty);
  }

  String version(ObjectRef object) {
    return object(object).require().getMetadata().getResourceVersion();
  }

  /** Of the Config's newest generation. */
  Optional<Condition> condition(String type) {
    Config config = config().get();
    return config == null || config.getStatus() == null
        ? Optional.empty()
        : config.getStatus().getConditions().stream()
            .filter(condition -> condition.getType().equals(type))
            .filter(
                condition ->
                    config.getMetadata().getGeneration().equals(condition.getObservedGeneration()))
            .findFirst();
  }

  void awaitApplied() {
    soon().until(() -> condition("Applied").map(Condition::getStatus).equals(Optional.of("True")));
  }

  /** Waits for a failure of that reason and answers its words. */
  String awaitFailure(String reason) {
    soon()
        .until(
            () ->
                condition("Applied")
                    .map(found -> found.getStatus() + found.getReason())
                    .equals(Optional.of("False" + reason)));
    return condition("Applied").orElseThrow().getMessage();
  }

  /** Everything that the controller makes, with the operator stopped. */
  void removeAll(List<ObjectRef> objects) {
    stopOperator();
    config().delete();
    release();
    objects.forEach(object -> object(object).delete());
    awaitNone(objects);
    soon().until(() -> config().get() == null);
  }

  /** A test that failed may have left its finalizer. */
  private void release() {
    GenericKubernetesResource set = object(DAEMON_SET).get();
    if (set != null && !set.getMetadata().getFinalizers().isEmpty()) {
      editDaemonSet(stuck -> stuck.getMetadata().setFinalizers(List.of()));
    }
  }

  @Override
  public void close() {
    stopOperator();
    operator.close();
    admin.close();
  }
}
