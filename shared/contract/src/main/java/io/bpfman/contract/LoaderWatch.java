package io.bpfman.contract;

import io.bpfman.model.BpfmanException;
import io.vertx.core.Future;

/** A watch that is under way. Any thread. */
public interface LoaderWatch {

  /**
   * Succeeds after {@link #close}; otherwise fails with a {@link BpfmanException}: UNAVAILABLE when
   * the daemon stopped or was never there, UNIMPLEMENTED when it knows no watching.
   */
  Future<Void> end();

  /** No event is told after the returned future has completed. Idempotent. */
  Future<Void> close();

  /** One that never began. */
  static LoaderWatch refused(BpfmanException reason) {
    return new LoaderWatch() {
      @Override
      public Future<Void> end() {
        return Future.failedFuture(reason);
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }
}
