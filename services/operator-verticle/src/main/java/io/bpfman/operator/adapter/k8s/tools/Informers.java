package io.bpfman.operator.adapter.k8s.tools;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Informers by key that keep only what is needed of each object, go on trying through every error,
 * and say each cause once. Thread-safe.
 *
 * @param <K> its words name in messages what cannot be watched
 */
public final class Informers<K> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Informers.class);

  private final Map<K, SharedIndexInformer<?>> followed = new HashMap<>();

  /** First lists that nobody has waited for yet. */
  private final Map<K, CompletableFuture<Void>> awaited = new HashMap<>();

  private final Map<K, String> told = new ConcurrentHashMap<>();

  /** Stores objects after something has been taken out of them. */
  private static final class TrimmingStore<T extends HasMetadata> extends BasicItemStore<T> {
    private final Consumer<T> trim;

    TrimmingStore(Consumer<T> trim) {
      super(Cache::metaNamespaceKeyFunc);
      this.trim = trim;
    }

    @Override
    public @Nullable T put(String at, T object) {
      trim.accept(object);
      return super.put(at, object);
    }
  }

  /**
   * Begins to follow; does not wait. Once for each key.
   *
   * @param trim takes out of an object what is not needed, before anybody sees it
   * @param handler called on the informer's threads; must not block
   */
  public <T extends HasMetadata> SharedIndexInformer<T> follow(
      K key, Informable<T> what, Consumer<T> trim, ResourceEventHandler<T> handler) {
    return follow(key, what, new TrimmingStore<>(trim), handler);
  }

  /**
   * Begins to follow; does not wait. Once for each key.
   *
   * @param store keeps the objects
   * @param handler called on the informer's threads; must not block
   */
  public synchronized <T extends HasMetadata> SharedIndexInformer<T> follow(
      K key, Informable<T> what, ItemStore<T> store, ResourceEventHandler<T> handler) {
    SharedIndexInformer<T> informer = what.runnableInformer(0);
    informer.removeNamespaceIndex();
    informer.itemStore(store);
    informer.exceptionHandler(
        (started, thrown) -> {
          tell(key, thrown);
          return true;
        });
    informer.addEventHandler(handler);
    informer.addEventHandler(
        new Handler<T>(
            change -> {
              if (change.before() == null) {
                told.remove(key);
              }
            }));
    followed.put(key, informer);
    awaited.put(key, informer.start().toCompletableFuture());
    return informer;
  }

  private void tell(K key, Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (!message.equals(told.put(key, message))) {
      LOG.warn("{} cannot be watched at the moment: {}", key, message);
    }
  }

  public synchronized boolean follows(K key) {
    return followed.containsKey(key);
  }

  /** Ends those of all other keys. */
  public synchronized void retain(Set<K> keys) {
    followed
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !keys.contains(entry.getKey());
              if (gone) {
                entry.getValue().stop();
              }
              return gone;
            });
    awaited.keySet().retainAll(keys);
    told.keySet().retainAll(keys);
  }

  /**
   * Blocks until every informer that was begun since the last call has its first list.
   *
   * @throws BpfmanException UNAVAILABLE with what is missing and why
   */
  public void awaitSync(Duration limit) {
    try {
      listed().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FailureCode.UNAVAILABLE.because("interrupted while objects are listed", "", e);
    } catch (ExecutionException | TimeoutException e) {
      throw FailureCode.UNAVAILABLE.because(
          "the API server did not list everything within %d s: %s"
              .formatted(limit.toSeconds(), told.isEmpty() ? "no answer" : told),
          "check that it can be reached, that k8s/crd is applied and what the operator may do",
          e);
    }
  }

  private synchronized CompletableFuture<Void> listed() {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(awaited.values().toArray(CompletableFuture<?>[]::new));
    awaited.clear();
    return all;
  }

  @Override
  public void close() {
    retain(Set.of());
  }
}
