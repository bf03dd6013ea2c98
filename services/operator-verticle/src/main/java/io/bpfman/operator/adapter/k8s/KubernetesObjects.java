package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApplicationResource;
import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.BpfApplicationState;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.model.ApplicationKey;
import io.bpfman.operator.adapter.k8s.tools.Handler;
import io.bpfman.operator.adapter.k8s.tools.Informers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
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

  /** Objects in one answer; a page of states is less than a megabyte. */
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final Informers<String> informers = new Informers<>();
  private final StateStore<ClusterBpfApplicationState> clusterStates;
  private final StateStore<BpfApplicationState> states;

  /** Version with which an object went. */
  private final Map<StateName, Long> gone = new ConcurrentHashMap<>();

  private final List<Runnable> readers = new CopyOnWriteArrayList<>();
  private final List<Consumer<StatusKey>> writers = new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<? extends ApplicationResource>> applications =
      new ArrayList<>();
  private final List<SharedIndexInformer<Node>> nodes = new ArrayList<>();
  private boolean opened;

  KubernetesObjects(KubernetesClient client) {
    this.client = client;
    this.clusterStates =
        new StateStore<>(ClusterBpfApplicationState::new, client.getKubernetesSerialization());
    this.states = new StateStore<>(BpfApplicationState::new, client.getKubernetesSerialization());
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
    state(
        "ClusterBpfApplicationStates",
        client.resources(ClusterBpfApplicationState.class),
        clusterStates);
    state(
        "BpfApplicationStates",
        client.resources(BpfApplicationState.class).inAnyNamespace(),
        states);
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
              statusChanged(new ApplicationName(change.object().key()));
            }));
  }

  private static boolean isOtherDesire(HasMetadata before, HasMetadata now) {
    return !Objects.equals(before.getMetadata().getUid(), now.getMetadata().getUid())
        || !Objects.equals(before.getMetadata().getGeneration(), now.getMetadata().getGeneration())
        || !Objects.equals(
            before.getMetadata().getDeletionTimestamp(), now.getMetadata().getDeletionTimestamp());
  }

  /** In pages: there is one for each application and node. */
  private <T extends ApplicationStateResource> void state(
      String kinds, Informable<T> what, StateStore<T> store) {
    informers.follow(
        kinds,
        what.withLimit(PAGE),
        store,
        new Handler<T>(
            change -> {
              StateName name = StateName.of(change.object());
              if (change.deleted()) {
                gone.put(name, Versions.of(change.object()));
              } else {
                gone.remove(name);
              }
              statusChanged(name);
            }));
  }

  private void desireChanged() {
    readers.forEach(Runnable::run);
  }

  private void statusChanged(StatusKey key) {
    writers.forEach(writer -> writer.accept(key));
  }

  /** Nobody here reads these parts, and they are large. */
  static void trim(HasMetadata object) {
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
    return name.namespace().isEmpty() ? clusterStates.state(name) : states.state(name);
  }

  /** Whether the object was removed after it had this version. */
  boolean isGoneSince(StateName name, long version) {
    return gone.getOrDefault(name, 0L) > version;
  }

  /** Nothing is to be known of it any more. */
  void forget(StateName name) {
    gone.remove(name);
  }

  /** Of all state objects. */
  Stream<StateName> stateNames() {
    return Stream.concat(clusterStates.names(), states.names());
  }

  /** All state objects without their programs. Once. */
  List<ApplicationStateResource> takeStates() {
    List<ApplicationStateResource> all = new ArrayList<>(clusterStates.take());
    all.addAll(states.take());
    return all;
  }

  @Override
  public void close() {
    informers.close();
  }
}
