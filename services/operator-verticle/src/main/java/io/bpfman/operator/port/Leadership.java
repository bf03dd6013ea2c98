package io.bpfman.operator.port;

import io.vertx.core.Future;

/** Decides which of several operator processes leads. */
public interface Leadership {
  /** Told on any thread; one call at a time, gained and lost in turn. */
  interface Candidate {
    /**
     * @param epoch larger than that of every leader before
     * @return when leading has begun
     */
    Future<?> gained(long epoch);

    /**
     * @param why one sentence
     */
    void lost(String why);
  }

  /** Begins to run for it; succeeds when running, whether it leads or not. */
  Future<?> start(Candidate candidate);

  /** Gives it up, so that another can take over at once. Idempotent. */
  Future<?> stop();
}
