package io.bpfman.runtime.cluster;

import io.bpfman.model.BpfmanException;
import io.vertx.core.Vertx;

/** Told of each step of a {@link Membership}, by its own thread, one call at a time; may block. */
public interface MembershipListener {
  /**
   * This process is a member now. Whatever is deployed and registered on {@code clustered} is
   * undeployed when it is closed, which the membership does by itself before the next join and at
   * the end.
   *
   * @throws BpfmanException when nothing can be done with it; it is left again, and {@link
   *     #onFailed} follows
   */
  void onJoined(Vertx clustered);

  /**
   * The cluster does not know this member any more. The Vert.x of {@link #onJoined} still carries
   * what members send that know one another, until a new one is about to be made.
   *
   * @param why continues "lost the cluster:"
   */
  void onLost(String why);

  /** A join did not work; the next one is tried after a pause unless the membership is closed. */
  void onFailed(BpfmanException failure);
}
