package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.operator.core.install.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of changes of single objects by name, and nothing of any other object. Goes on trying
 * through every error, and says each cause once.
 */
final class Watches implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final KubernetesClient client;
  private final Consumer<Change> listener;
  private final Map<ObjectRef, SharedIndexInformer<GenericKubernetesResource>> informers =
      new HashMap<>();
  private final Map<ObjectRef, String> told = new ConcurrentHashMap<>();

  /**
   * @param edited whether more than its status or metadata differs from what it was
   */
  record Change(ObjectRef object, boolean edited) {}

  /**
   * @param listener called on threads of the informers; must not block
   */
  Watches(KubernetesClient client, Consumer<Change> listener) {
    this.client = client;
    this.listener = listener;
  }

  /** Begins and ends watches so that exactly these objects are watched. Does not wait. */
  synchronized void follow(Set<ObjectRef> objects) {
    informers
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !objects.contains(entry.getKey());
              if (gone) {
                entry.getValue().stop();
              }
              return gone;
            });
    objects.forEach(object -> informers.computeIfAbsent(object, this::begin));
  }

  private SharedIndexInformer<GenericKubernetesResource> begin(ObjectRef object) {
    SharedIndexInformer<GenericKubernetesResource> informer =
        ObjectAccess.resource(client, object).runnableInformer(0);
    informer.exceptionHandler(
        (started, thrown) -> {
          tell(object, thrown);
          return true;
        });
    informer.addEventHandler(new Handler(object));
    informer
        .start()
        .whenComplete(
            (_, thrown) -> {
              if (thrown != null) {
                LOG.debug("the watch of {} ended before it began", object, thrown);
              }
            });
    return informer;
  }

  private void tell(ObjectRef object, Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (!message.equals(told.put(object, message))) {
      LOG.warn("{} cannot be watched at the moment: {}", object, message);
    }
  }

  @Override
  public synchronized void close() {
    informers.values().forEach(SharedIndexInformer::stop);
    informers.clear();
  }

  private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {
    private final ObjectRef object;

    private Handler(ObjectRef object) {
      this.object = object;
    }

    @Override
    public void onAdd(GenericKubernetesResource found) {
      told.remove(object);
      listener.accept(new Change(object, true));
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
      boolean edited =
          !Objects.equals(before.getMetadata().getGeneration(), now.getMetadata().getGeneration());
      listener.accept(new Change(object, edited));
    }

    @Override
    public void onDelete(GenericKubernetesResource last, boolean unknown) {
      listener.accept(new Change(object, true));
    }
  }
}
