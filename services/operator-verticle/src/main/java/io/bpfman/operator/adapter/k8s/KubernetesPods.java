package io.bpfman.operator.adapter.k8s;

import io.bpfman.model.BpfmanException;
import io.bpfman.operator.adapter.k8s.tools.Handler;
import io.bpfman.operator.adapter.k8s.tools.Informers;
import io.bpfman.operator.core.PodChoices;
import io.bpfman.operator.core.PodSelector;
import io.bpfman.proto.bus.v1.PodChoice;
import io.bpfman.proto.bus.v1.SelectedContainer;
import io.bpfman.proto.bus.v1.SelectedPod;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows exactly the pods that applications select, and of them only what agents need. For one
 * caller at a time.
 */
final class KubernetesPods implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesPods.class);
  private static final Duration SYNC_LIMIT = Duration.ofSeconds(5);
  private static final String RUNNING = "Running";

  private final KubernetesClient client;
  private final Informers<PodSelector> informers = new Informers<>();
  private final Map<PodSelector, SharedIndexInformer<Pod>> followed = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  KubernetesPods(KubernetesClient client) {
    this.client = client;
  }

  /** Called from any thread when other pods are selected. */
  void onChanged(Runnable listener) {
    listeners.add(listener);
  }

  /** From now on these and no others; blocks for the first lists, but not long. */
  void follow(Set<PodSelector> selectors) {
    informers.retain(selectors);
    followed.keySet().retainAll(selectors);
    selectors.forEach(selector -> followed.computeIfAbsent(selector, this::begin));
    try {
      informers.awaitSync(SYNC_LIMIT);
    } catch (BpfmanException e) {
      LOG.warn("pods that an application selects are not known yet: {}", e.getMessage());
    }
  }

  private SharedIndexInformer<Pod> begin(PodSelector selector) {
    return informers.follow(
        selector,
        pods(selector),
        KubernetesPods::trim,
        new Handler<Pod>(
            change -> {
              if (change.differs(KubernetesPods::matters)) {
                listeners.forEach(Runnable::run);
              }
            }));
  }

  private Informable<Pod> pods(PodSelector selector) {
    return selector.namespace().isEmpty()
        ? client.pods().inAnyNamespace().withLabelSelector(selector.pods())
        : client.pods().inNamespace(selector.namespace()).withLabelSelector(selector.pods());
  }

  private static boolean matters(Pod before, Pod now) {
    return !selected(before, List.of()).equals(selected(now, List.of()))
        || !node(before).equals(node(now));
  }

  private static void trim(Pod pod) {
    pod.getMetadata().setManagedFields(null);
    pod.getMetadata().setAnnotations(null);
    PodSpec spec = pod.getSpec() == null ? new PodSpec() : pod.getSpec();
    pod.setSpec(new PodSpecBuilder().withNodeName(spec.getNodeName()).build());
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase(status.getPhase())
            .withContainerStatuses(status.getContainerStatuses())
            .build());
  }

  /** Selectors without their first list have no answer. */
  PodChoices choices() {
    Map<PodSelector, Map<String, PodChoice>> chosen = new HashMap<>();
    followed.forEach(
        (selector, informer) -> {
          if (informer.hasSynced()) {
            chosen.put(selector, byNode(informer.getStore().list(), selector));
          }
        });
    return new PodChoices(chosen);
  }

  private static Map<String, PodChoice> byNode(List<Pod> pods, PodSelector selector) {
    return pods.stream()
        .filter(pod -> RUNNING.equals(pod.getStatus().getPhase()))
        .collect(
            Collectors.groupingBy(
                KubernetesPods::node,
                Collectors.collectingAndThen(
                    Collectors.toList(), all -> choice(all, selector.containers()))));
  }

  private static PodChoice choice(List<Pod> pods, List<String> containers) {
    PodChoice.Builder choice = PodChoice.newBuilder();
    pods.stream()
        .map(pod -> selected(pod, containers))
        .filter(pod -> pod.getContainersCount() > 0)
        .sorted(Comparator.comparing(SelectedPod::getNamespace).thenComparing(SelectedPod::getName))
        .forEach(choice::addPods);
    return choice.build();
  }

  private static String node(Pod pod) {
    return Objects.requireNonNullElse(pod.getSpec().getNodeName(), "");
  }

  private static SelectedPod selected(Pod pod, List<String> containers) {
    SelectedPod.Builder selected =
        SelectedPod.newBuilder()
            .setNamespace(pod.getMetadata().getNamespace())
            .setName(pod.getMetadata().getName())
            .setUid(pod.getMetadata().getUid());
    running(pod)
        .filter(one -> containers.isEmpty() || containers.contains(one.getName()))
        .map(
            one ->
                SelectedContainer.newBuilder()
                    .setName(one.getName())
                    .setId(one.getContainerID())
                    .build())
        .forEach(selected::addContainers);
    return selected.build();
  }

  private static Stream<ContainerStatus> running(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(one -> one.getContainerID() != null)
        .filter(one -> one.getState() != null && one.getState().getRunning() != null);
  }

  @Override
  public void close() {
    follow(Set.of());
  }
}
