package io.bpfman.operator.adapter.k8s;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Informers that keep only what is needed of each object, go on trying through every error, and say
 * each cause once. Closing ends them all.
 */
final class Informers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Informers.class);

  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
  private final List<CompletableFuture<Void>> starts = new ArrayList<>();
  private final Map<String, String> told = new ConcurrentHashMap<>();

  /** Stores objects after something has been taken out of them. */
  private static final class TrimmingStore<T extends HasMetadata> extends BasicItemStore<T> {
    private final Consumer<T> trim;

    TrimmingStore(Consumer<T> trim) {
      super(Cache::metaNamespaceKeyFunc);
      this.trim = trim;
    }

    @Override
    public T put(String key, T object) {
      trim.accept(object);
      return super.put(key, object);
    }
  }

  /**
   * Begins to follow; does not wait.
   *
   * @param trim takes out of an object what is not needed, before anybody sees it
   */
  <T extends HasMetadata> SharedIndexInformer<T> follow(
      Informable<T> what, Consumer<T> trim, ResourceEventHandler<T> handler) {
    SharedIndexInformer<T> informer = what.runnableInformer(0);
    informer.removeNamespaceIndex();
    informer.itemStore(new TrimmingStore<>(trim));
    String kind = HasMetadata.getKind(informer.getApiTypeClass());
    informer.exceptionHandler(
        (started, thrown) -> {
          tell(kind, thrown);
          return true;
        });
    informer.addEventHandler(handler);
    informers.add(informer);
    starts.add(informer.start().toCompletableFuture());
    return informer;
  }

  private void tell(String kind, Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (!message.equals(told.put(kind, message))) {
      LOG.warn("{} objects cannot be followed at the moment: {}", kind, message);
    }
  }

  /**
   * Blocks until every informer has its first list.
   *
   * @throws BpfmanException UNAVAILABLE with what is missing and why
   */
  void awaitSync(Duration limit) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(starts.toArray(CompletableFuture<?>[]::new));
    try {
      all.get(limit.toMillis(), TimeUnit.MILLISECONDS);
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

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }
}
