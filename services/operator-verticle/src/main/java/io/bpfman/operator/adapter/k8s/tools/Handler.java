package io.bpfman.operator.adapter.k8s.tools;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every event of an informer as one kind of change.
 *
 * @param listener called on the informer's thread; must not block
 */
public record Handler<T>(Consumer<Change<T>> listener) implements ResourceEventHandler<T> {
  /**
   * @param before null for an object that was not there
   * @param object as it is, or was last
   */
  public record Change<T>(@Nullable T before, T object, boolean deleted) {
    /** Whether something came, went, or changed in a way that {@code relevant} tells. */
    public boolean differs(BiPredicate<? super T, ? super T> relevant) {
      return before == null || deleted || relevant.test(before, object);
    }
  }

  @Override
  public void onAdd(T object) {
    listener.accept(new Change<>(null, object, false));
  }

  @Override
  public void onUpdate(T before, T now) {
    listener.accept(new Change<>(before, now, false));
  }

  @Override
  public void onDelete(T object, boolean finalStateUnknown) {
    listener.accept(new Change<>(object, object, true));
  }
}
