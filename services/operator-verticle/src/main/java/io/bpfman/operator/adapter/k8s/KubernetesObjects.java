package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApplicationResource;
import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.BpfApplicationState;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.operator.adapter.k8s.tools.Handler;
import io.bpfman.operator.adapter.k8s.tools.Informers;
import io.bpfman.operator.core.ApplicationKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Follows applications, their states and the nodes, and keeps of each only what is needed. What it
 * answers is as of a short time ago. Thread-safe.
 */
final class KubernetesObjects implements AutoCloseable {
  private static final Duration SYNC_LIMIT = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final KubernetesSerialization json;
  private final Informers<String> informers = new Informers<>();
  private final Map<StateName, ServerState> states = new ConcurrentHashMap<>();

  /** Version with which an object went. */
  private final Map<StateName, Long> gone = new ConcurrentHashMap<>();

  private final List<Runnable> readers = new CopyOnWriteArrayList<>();
  private final List<Consumer<StatusKey>> writers = new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<? extends ApplicationResource>> applications =
      new ArrayList<>();
  private final List<SharedIndexInformer<? extends ApplicationStateResource>> stateInformers =
      new ArrayList<>();
  private final List<SharedIndexInformer<Node>> nodes = new ArrayList<>();
  private boolean opened;

  KubernetesObjects(KubernetesClient client) {
    this.client = client;
    this.json = client.getKubernetesSerialization();
  }

  /** Called from any thread when what the nodes must run may have changed. */
  void onDesireChanged(Runnable reader) {
    readers.add(reader);
  }

  /** Called from any thread when something whose status we write has changed. */
  void onStatusChanged(Consumer<StatusKey> writer) {
    writers.add(writer);
  }

  /**
   * Blocks until everything is listed. Idempotent.
   *
   * @throws io.bpfman.model.BpfmanException UNAVAILABLE
   */
  synchronized void open() {
    if (opened) {
      return;
    }
    opened = true;
    applications.add(
        application("ClusterBpfApplications", client.resources(ClusterBpfApplication.class)));
    applications.add(
        application("BpfApplications", client.resources(BpfApplication.class).inAnyNamespace()));
    stateInformers.add(
        state("ClusterBpfApplicationStates", client.resources(ClusterBpfApplicationState.class)));
    stateInformers.add(
        state(
            "BpfApplicationStates", client.resources(BpfApplicationState.class).inAnyNamespace()));
    nodes.add(
        informers.follow(
            "Nodes",
            client.nodes(),
            KubernetesObjects::trimNode,
            new Handler<Node>(
                change -> {
                  if (change.differs((before, now) -> !labels(before).equals(labels(now)))) {
                    desireChanged();
                  }
                })));
    informers.awaitSync(SYNC_LIMIT);
  }

  private <T extends ApplicationResource> SharedIndexInformer<T> application(
      String kinds, Informable<T> what) {
    return informers.follow(
        kinds,
        what,
        KubernetesObjects::trimApplication,
        new Handler<T>(
            change -> {
              if (change.differs(KubernetesObjects::isOtherDesire)) {
                desireChanged();
              }
              statusChanged(new ApplicationName(ApplicationKey.of(change.object())));
            }));
  }

  private static boolean isOtherDesire(HasMetadata before, HasMetadata now) {
    return !Objects.equals(before.getMetadata().getUid(), now.getMetadata().getUid())
        || !Objects.equals(before.getMetadata().getGeneration(), now.getMetadata().getGeneration())
        || !Objects.equals(
            before.getMetadata().getDeletionTimestamp(), now.getMetadata().getDeletionTimestamp());
  }

  private <T extends ApplicationStateResource> SharedIndexInformer<T> state(
      String kinds, Informable<T> what) {
    return informers.follow(
        kinds,
        what,
        this::trimState,
        new Handler<T>(
            change -> {
              if (change.deleted()) {
                gone(change.object());
              }
              statusChanged(StateName.of(change.object()));
            }));
  }

  private void gone(ApplicationStateResource state) {
    StateName name = StateName.of(state);
    gone.put(name, Versions.of(state));
    states.remove(name);
  }

  private void desireChanged() {
    readers.forEach(Runnable::run);
  }

  private void statusChanged(StatusKey key) {
    writers.forEach(writer -> writer.accept(key));
  }

  private static void trim(HasMetadata object) {
    object.getMetadata().setManagedFields(null);
    object.getMetadata().setAnnotations(null);
  }

  private static void trimApplication(ApplicationResource application) {
    application.getMetadata().setManagedFields(null);
    LastUsableSpec.trim(application);
  }

  private static void trimNode(Node node) {
    trim(node);
    node.setSpec(null);
    node.setStatus(null);
  }

  /** The list of programs is by far the largest part; its digest is kept in its place. */
  private void trimState(ApplicationStateResource state) {
    StateName name = StateName.of(state);
    states.put(name, ServerState.of(state, json));
    gone.remove(name);
    trim(state);
    if (state.getStatus() != null) {
      state.getStatus().setPrograms(null);
    }
  }

  private static Map<String, String> labels(Node node) {
    return Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
  }

  Stream<ApplicationResource> applications() {
    return applications.stream().flatMap(informer -> informer.getStore().list().stream());
  }

  Optional<ApplicationResource> application(ApplicationKey key) {
    String at = key.isNamespaced() ? key.namespace() + "/" + key.name() : key.name();
    int kind = key.isNamespaced() ? 1 : 0;
    return Optional.ofNullable(applications.get(kind).getStore().getByKey(at));
  }

  /** Labels of every node by its name. */
  Map<String, Map<String, String>> nodeLabels() {
    Map<String, Map<String, String>> all = new HashMap<>();
    nodes
        .getFirst()
        .getStore()
        .list()
        .forEach(node -> all.put(node.getMetadata().getName(), labels(node)));
    return all;
  }

  Optional<ServerState> state(StateName name) {
    return Optional.ofNullable(states.get(name));
  }

  /** Whether the object was removed after it had this version. */
  boolean isGoneSince(StateName name, long version) {
    return gone.getOrDefault(name, 0L) > version;
  }

  /** Nothing is to be known of it any more. */
  void forget(StateName name) {
    gone.remove(name);
  }

  /** Without their programs. */
  List<ApplicationStateResource> states() {
    List<ApplicationStateResource> all = new ArrayList<>();
    stateInformers.forEach(informer -> all.addAll(informer.getStore().list()));
    return all;
  }

  @Override
  public void close() {
    informers.close();
  }
}
