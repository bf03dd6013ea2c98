package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.operator.core.BoundedInterner;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * State objects of one kind, of which only {@link ServerState} is kept; to the informer they are
 * objects with a name and a version. Written to by one thread at a time, read by any.
 */
final class StateStore<T extends ApplicationStateResource> implements ItemStore<T> {
  private final Supplier<T> kind;
  private final KubernetesSerialization json;
  private final BoundedInterner<String> owners = new BoundedInterner<>();
  private final Map<StateName, ServerState> states = new ConcurrentHashMap<>();

  /** Null when they have been taken. */
  private volatile @Nullable Map<StateName, T> found = new ConcurrentHashMap<>();

  StateStore(Supplier<T> kind, KubernetesSerialization json) {
    this.kind = kind;
    this.json = json;
  }

  Optional<ServerState> state(StateName name) {
    return Optional.ofNullable(states.get(name));
  }

  Stream<StateName> names() {
    return states.keySet().stream();
  }

  /** Everything that is there, without programs. Once; until then it is held. */
  List<T> take() {
    Map<StateName, T> all = found;
    found = null;
    return all == null ? List.of() : List.copyOf(all.values());
  }

  @Override
  public String getKey(T object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable T put(String key, T object) {
    StateName name = StateName.of(object);
    ServerState now = ServerState.of(object, json);
    ServerState before = states.put(name, now.ownedBy(owners.share(now.owner())));
    Map<StateName, T> all = found;
    if (all != null) {
      trim(object);
      all.put(name, object);
    }
    return before == null ? null : object(name, before);
  }

  /** The list of programs is by far the largest part. */
  private static void trim(ApplicationStateResource state) {
    KubernetesObjects.trim(state);
    if (state.getStatus() != null) {
      state.getStatus().setPrograms(null);
    }
  }

  @Override
  public @Nullable T remove(String key) {
    StateName name = StateName.parse(key);
    ServerState before = states.remove(name);
    Map<StateName, T> all = found;
    if (all != null) {
      all.remove(name);
    }
    return before == null ? null : object(name, before);
  }

  private T object(StateName name, ServerState state) {
    ObjectMeta metadata = new ObjectMeta();
    metadata.setName(name.name());
    metadata.setNamespace(name.namespace().isEmpty() ? null : name.namespace());
    metadata.setResourceVersion(Long.toString(state.version()));
    T object = kind.get();
    object.setMetadata(metadata);
    return object;
  }

  @Override
  public Stream<String> keySet() {
    return states.keySet().stream().map(StateName::key);
  }

  @Override
  public Stream<T> values() {
    return states.entrySet().stream().map(entry -> object(entry.getKey(), entry.getValue()));
  }

  @Override
  public int size() {
    return states.size();
  }

  @Override
  public @Nullable T get(String key) {
    StateName name = StateName.parse(key);
    return state(name).map(state -> object(name, state)).orElse(null);
  }

  /** So the informer tells of new objects with what it got, and not with what is kept here. */
  @Override
  public boolean isFullState() {
    return false;
  }
}
