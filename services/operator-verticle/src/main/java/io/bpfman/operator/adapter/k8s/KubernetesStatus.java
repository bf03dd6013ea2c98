package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.model.ApplicationKey;
import io.bpfman.model.Backoff;
import io.bpfman.operator.adapter.k8s.tools.KeyQueue;
import io.bpfman.operator.core.ManagedApplication;
import io.bpfman.operator.core.NodeState;
import io.bpfman.operator.port.ReportedApplication;
import io.bpfman.operator.port.StatusSink;
import io.bpfman.operator.port.StatusSnapshot;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Status in the objects of the Kubernetes API. A snapshot is only taken over; each object is then
 * written by itself, what is newest by then, as often as it takes.
 */
final class KubernetesStatus implements StatusSink {
  private static final KeyQueue.Limits WRITES =
      new KeyQueue.Limits(
          6, new Backoff(Duration.ofMillis(100), Duration.ofSeconds(60)), Duration.ZERO);

  private final KubernetesObjects objects;
  private final StateWriter states;
  private final ApplicationWriter applications;
  private final KeyQueue<StatusKey> queue;

  /** What the state objects are to say. */
  private final Map<StateName, NodeState> wanted = new ConcurrentHashMap<>();

  /** What the applications are to say; null before the first snapshot. */
  private volatile @Nullable Map<ApplicationKey, ReportedApplication> said;

  private Map<ApplicationKey, List<NodeState>> taken = Map.of();

  KubernetesStatus(KubernetesObjects objects, StateWriter states, ApplicationWriter applications) {
    this.objects = objects;
    this.states = states;
    this.applications = applications;
    this.queue = new KeyQueue<>(WRITES, this::work);
  }

  @Override
  public StatusSnapshot load() {
    objects.onStatusChanged(queue::add);
    objects.open();
    queue.start("bpfman-status");
    List<ReportedApplication> said =
        objects
            .applications()
            .map(
                object ->
                    new ReportedApplication(
                        ManagedApplication.of(object),
                        Objects.requireNonNullElse(object.getStatus(), new ApplicationStatus()),
                        false))
            .toList();
    List<NodeState> found =
        objects.takeStates().stream().flatMap(state -> NodeState.written(state).stream()).toList();
    found.forEach(states::adopt);
    return StatusSnapshot.of(said, found, List.of());
  }

  @Override
  public void write(StatusSnapshot snapshot) {
    Map<ApplicationKey, ReportedApplication> before = said;
    Map<ApplicationKey, ReportedApplication> now = new HashMap<>();
    snapshot.applications().forEach(one -> now.put(one.application().key(), one));
    said = now;
    Map<ApplicationKey, List<NodeState>> states = snapshot.byApplication();
    states.forEach((key, list) -> take(taken.getOrDefault(key, List.of()), list));
    taken.forEach(
        (key, list) -> {
          if (!states.containsKey(key)) {
            take(list, List.of());
          }
        });
    taken = states;
    now.forEach((key, one) -> addChanged(before == null ? null : before.get(key), one));
    if (before == null) {
      objects.stateNames().forEach(queue::add);
    }
  }

  /** What was not there before is written, and what is there no more removed. */
  private void take(List<NodeState> before, List<NodeState> now) {
    if (before == now) {
      return;
    }
    Set<NodeState> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    gone.addAll(before);
    for (NodeState state : now) {
      if (!gone.remove(state)) {
        StateName name = StateName.of(state);
        wanted.put(name, state);
        queue.add(name);
      }
    }
    for (NodeState state : gone) {
      StateName name = StateName.of(state);
      if (wanted.computeIfPresent(name, (_, other) -> other == state ? null : other) == null) {
        queue.add(name);
      }
    }
  }

  private void addChanged(@Nullable ReportedApplication before, ReportedApplication now) {
    if (before == null
        || before.status() != now.status()
        || before.application() != now.application()
        || before.released() != now.released()) {
      queue.add(new ApplicationName(now.application().key()));
    }
  }

  private Optional<Duration> work(StatusKey key) {
    Map<ApplicationKey, ReportedApplication> now = said;
    if (now == null) {
      return Optional.empty();
    }
    return switch (key) {
      case StateName state -> state(state, now);
      case ApplicationName application -> application(application.key(), now);
    };
  }

  private Optional<Duration> application(
      ApplicationKey key, Map<ApplicationKey, ReportedApplication> now) {
    ReportedApplication application = now.get(key);
    return application == null
        ? Optional.empty()
        : objects.application(key).flatMap(object -> applications.write(application, object));
  }

  private Optional<Duration> state(StateName name, Map<ApplicationKey, ReportedApplication> now) {
    states.release(name);
    NodeState state = wanted.get(name);
    if (state != null) {
      ReportedApplication owner = now.get(state.application());
      boolean mayCreate = owner != null && !owner.application().deleting();
      return states.write(name, state, mayCreate);
    }
    if (isOurs(name, now)) {
      states.remove(name);
    } else {
      states.forget(name);
    }
    return Optional.empty();
  }

  /** Whether it is for us to remove, and not for garbage collection. */
  private boolean isOurs(StateName name, Map<ApplicationKey, ReportedApplication> now) {
    Optional<ServerState> server = objects.state(name);
    if (server.isEmpty()) {
      return false;
    }
    String owner = server.get().owner();
    ReportedApplication application = now.get(ApplicationKey.of(name.namespace(), owner));
    return application == null ? !server.get().owned() : !application.application().deleting();
  }

  @Override
  public void close() {
    queue.close();
    objects.close();
  }
}
