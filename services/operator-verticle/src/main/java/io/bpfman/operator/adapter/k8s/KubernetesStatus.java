package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.model.Backoff;
import io.bpfman.operator.adapter.k8s.tools.KeyQueue;
import io.bpfman.operator.core.ApplicationKey;
import io.bpfman.operator.core.ManagedApplication;
import io.bpfman.operator.core.NodeState;
import io.bpfman.operator.port.ReportedApplication;
import io.bpfman.operator.port.StatusSink;
import io.bpfman.operator.port.StatusSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private volatile Targets targets = Targets.NONE;

  /** What is to be said, by key. */
  private record Targets(
      Map<ApplicationKey, ReportedApplication> applications,
      Map<StateName, NodeState> states,
      boolean known) {
    static final Targets NONE = new Targets(Map.of(), Map.of(), false);

    static Targets of(StatusSnapshot snapshot) {
      Map<ApplicationKey, ReportedApplication> applications = new HashMap<>();
      snapshot.applications().forEach(one -> applications.put(one.application().key(), one));
      Map<StateName, NodeState> states = new HashMap<>();
      snapshot.states().forEach(state -> states.put(StateName.of(state), state));
      return new Targets(applications, states, true);
    }
  }

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
    return new StatusSnapshot(said, found, List.of());
  }

  @Override
  public void write(StatusSnapshot snapshot) {
    Targets before = targets;
    Targets now = Targets.of(snapshot);
    targets = now;
    now.states().entrySet().stream()
        .filter(entry -> before.states().get(entry.getKey()) != entry.getValue())
        .forEach(entry -> queue.add(entry.getKey()));
    before.states().keySet().stream()
        .filter(name -> !now.states().containsKey(name))
        .forEach(queue::add);
    now.applications().forEach((key, one) -> addChanged(before.applications().get(key), one));
    if (!before.known()) {
      objects.stateNames().forEach(queue::add);
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
    Targets now = targets;
    if (!now.known()) {
      return Optional.empty();
    }
    return switch (key) {
      case StateName state -> state(state, now);
      case ApplicationName application -> application(application.key(), now);
    };
  }

  private Optional<Duration> application(ApplicationKey key, Targets now) {
    ReportedApplication wanted = now.applications().get(key);
    return wanted == null
        ? Optional.empty()
        : objects.application(key).flatMap(object -> applications.write(wanted, object));
  }

  private Optional<Duration> state(StateName name, Targets now) {
    NodeState wanted = now.states().get(name);
    if (wanted != null) {
      ReportedApplication owner = now.applications().get(wanted.application());
      boolean mayCreate = owner != null && !owner.application().deleting();
      return states.write(name, wanted, mayCreate);
    }
    if (isOurs(name, now)) {
      states.remove(name);
    } else {
      states.forget(name);
    }
    return Optional.empty();
  }

  /** Whether it is for us to remove, and not for garbage collection. */
  private boolean isOurs(StateName name, Targets now) {
    Optional<ServerState> server = objects.state(name);
    if (server.isEmpty()) {
      return false;
    }
    String owner = server.get().owner();
    ReportedApplication application = now.applications().get(key(name, owner));
    return application == null ? !server.get().owned() : !application.application().deleting();
  }

  private static ApplicationKey key(StateName state, String owner) {
    return state.namespace().isEmpty()
        ? ApplicationKey.ofCluster(owner)
        : new ApplicationKey(ApiNames.NAMESPACED_APPLICATION_KIND, state.namespace(), owner);
  }

  @Override
  public void close() {
    queue.close();
    objects.close();
  }
}
