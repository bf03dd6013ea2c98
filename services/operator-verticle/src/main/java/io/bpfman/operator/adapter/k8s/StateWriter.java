package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.api.v1alpha1.BpfApplicationState;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.api.v1alpha1.StateConditions;
import io.bpfman.operator.core.NodeState;
import io.bpfman.operator.core.WritePace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes one state object say what it should: two writes for a new one, one for a change, none for
 * what is there already. Blocking; many keys at a time, each by one thread.
 */
final class StateWriter {
  /**
   * A state that is pending for less than this is not written: what follows is written instead. An
   * update of a thousand nodes takes a few seconds, and each node is to cost one write.
   */
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private static final Duration DETAILS = Duration.ofSeconds(1);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final KubernetesObjects objects;
  private final InstantSource clock;
  private final StatusPatches patches;
  private final Map<StateName, Written> written = new ConcurrentHashMap<>();

  /**
   * What this process wrote last.
   *
   * @param version of the object after that
   * @param state what it was told to say; null when only the object was made
   * @param pending since when it is to say Pending and does not; null when it is not to
   */
  private record Written(
      long version,
      long updateCount,
      @Nullable NodeState state,
      WritePace pace,
      @Nullable Instant pending) {
    static final Written NOTHING = new Written(0, 0, null, WritePace.fresh(), null);

    Written pendingSince(@Nullable Instant since) {
      return new Written(version, updateCount, state, pace, since);
    }

    Written made(long newVersion) {
      return new Written(newVersion, 0, null, pace, pending);
    }

    Written said(NodeState what, long newVersion, long count) {
      return new Written(newVersion, count, what, pace, null);
    }

    Written paced(Instant now) {
      return new Written(version, updateCount, state, pace.written(now), pending);
    }
  }

  StateWriter(KubernetesClient client, KubernetesObjects objects, InstantSource clock) {
    this.client = client;
    this.objects = objects;
    this.clock = clock;
    this.patches = new StatusPatches(client.getKubernetesSerialization());
  }

  /** Takes over what an earlier process wrote: to say that again is no write. */
  void adopt(NodeState state) {
    StateName name = StateName.of(state);
    if (state.type().isEmpty()) {
      return;
    }
    objects
        .state(name)
        .filter(server -> server.version() == Versions.of(state.resource()))
        .ifPresent(
            server ->
                written.put(
                    name, Written.NOTHING.said(state, server.version(), server.updateCount())));
  }

  /** Removes an object that nothing stands for any more. Idempotent. */
  void remove(StateName name) {
    if (objects.state(name).isPresent() || written.containsKey(name)) {
      resource(name).delete();
      written.remove(name);
    }
  }

  /**
   * Takes off the finalizers of bpfman's agents: they are gone, and without them nobody would let
   * the object go. Idempotent.
   */
  void release(StateName name) {
    objects.state(name).filter(ServerState::held).ifPresent(_ -> release(resource(name)));
  }

  private static <T extends ApplicationStateResource> void release(Resource<T> state) {
    state.edit(
        held -> {
          held.getMetadata().setFinalizers(others(held.getFinalizers()));
          return held;
        });
  }

  private static List<String> others(List<String> finalizers) {
    List<String> others = new ArrayList<>(finalizers);
    others.removeAll(ApiNames.AGENT_FINALIZERS);
    return others;
  }

  /** Nothing is known any more of what was written for it. */
  void forget(StateName name) {
    objects.forget(name);
    written.remove(name);
  }

  /**
   * Answers when to try again without a change; empty: done.
   *
   * @param mayCreate false when an object that is not there is not worth making
   */
  Optional<Duration> write(StateName name, NodeState state, boolean mayCreate) {
    ServerState server = objects.state(name).orElse(null);
    Written before = known(name, server);
    if (server == null && before.version() == 0) {
      if (!mayCreate) {
        return Optional.empty();
      }
      before = create(name, state, before);
    }
    return says(before, server, state)
        ? done(name, server, state, before)
        : say(name, state, before);
  }

  /** An object that was removed by somebody is like one that never was. */
  private Written known(StateName name, @Nullable ServerState server) {
    Written before = written.getOrDefault(name, Written.NOTHING);
    return server == null && objects.isGoneSince(name, before.version())
        ? Written.NOTHING.pendingSince(before.pending())
        : before;
  }

  private Written create(StateName name, NodeState state, Written before) {
    ApplicationStateResource object =
        name.namespace().isEmpty() ? new ClusterBpfApplicationState() : new BpfApplicationState();
    object.setMetadata(state.resource().getMetadata());
    long version;
    try {
      version = Versions.of(client.resource(object).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // It is there, and its event is on the way.
      version = 1;
    }
    Written made = before.made(version);
    written.put(name, made);
    return made;
  }

  private boolean says(Written before, @Nullable ServerState server, NodeState state) {
    boolean changedByOthers = server != null && server.version() > before.version();
    if (before.state() == state && !changedByOthers) {
      return true;
    }
    // Older than what was written last, it says nothing of that.
    return server != null
        && server.version() >= before.version()
        && server
            .digest()
            .equals(
                ServerState.digest(
                    state.resource().getStatus(), client.getKubernetesSerialization()));
  }

  /** What was adopted is let go when something worked out here says the same. */
  private Optional<Duration> done(
      StateName name, @Nullable ServerState server, NodeState state, Written before) {
    if (server != null && before.state() != state) {
      written.put(name, before.said(state, server.version(), server.updateCount()));
    } else if (before.pending() != null) {
      written.put(name, before.pendingSince(null));
    }
    return Optional.empty();
  }

  private Optional<Duration> say(StateName name, NodeState state, Written before) {
    Instant now = clock.instant();
    Instant pending =
        state.type().equals(StateConditions.PENDING)
            ? Objects.requireNonNullElse(before.pending(), now)
            : null;
    Duration settle = pending == null ? Duration.ZERO : Duration.between(now, pending.plus(SETTLE));
    Duration pace = before.pace().delay(now, DETAILS, !sameType(before.state(), state));
    Duration wait = settle.compareTo(pace) > 0 ? settle : pace;
    if (wait.isPositive()) {
      written.put(name, before.pendingSince(pending));
      return Optional.of(wait);
    }
    patch(name, state, before);
    return Optional.empty();
  }

  private void patch(StateName name, NodeState state, Written before) {
    long count =
        1
            + Math.max(
                before.updateCount(), objects.state(name).map(ServerState::updateCount).orElse(0L));
    ApplicationStateStatus status = Objects.requireNonNull(state.resource().getStatus());
    try {
      ApplicationStateResource now =
          resource(name).subresource("status").patch(MERGE, patches.state(status, count));
      written.put(name, before.said(state, Versions.of(now), count).paced(clock.instant()));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        written.remove(name);
      }
      throw e;
    }
  }

  private static boolean sameType(@Nullable NodeState before, NodeState now) {
    return before != null && before.type().equals(now.type());
  }

  private Resource<? extends ApplicationStateResource> resource(StateName name) {
    return name.namespace().isEmpty()
        ? client.resources(ClusterBpfApplicationState.class).withName(name.name())
        : client
            .resources(BpfApplicationState.class)
            .inNamespace(name.namespace())
            .withName(name.name());
  }
}
