package io.bpfman.agent;

import io.bpfman.agent.port.DesiredStateFile;
import io.bpfman.contract.sign.DesiredStateVerifier;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node should run: at first what is on disk, then what an operator sends. Only the newest
 * counts, wherever it came from, and so the disk is read before anything else is judged. Used on
 * one event loop.
 */
final class HeldState {
  private static final Logger LOG = LoggerFactory.getLogger(HeldState.class);
  private static final long KEY_POLL_MS = 1_000;

  private final Vertx vertx;
  private final AgentConfig config;
  private final DesiredStateFile file;
  private final Consumer<DesiredState> adopted;
  private DesiredState held = DesiredState.getDefaultInstance();
  private Future<?> last = Future.succeededFuture();
  private boolean restored;
  private boolean saidKeyMissing;

  /**
   * @param adopted told each state that is held from now on
   */
  HeldState(
      Vertx vertx, AgentConfig config, DesiredStateFile file, Consumer<DesiredState> adopted) {
    this.vertx = vertx;
    this.config = config;
    this.file = file;
    this.adopted = adopted;
  }

  /** The default instance before there is one. */
  DesiredState current() {
    return held;
  }

  /** Begins with what is on disk, as soon as the key is there that tells whether to trust it. */
  void restore() {
    next(this::restoreOnce).onSuccess(_ -> restoreLater());
  }

  private void restoreLater() {
    if (!restored) {
      if (!saidKeyMissing) {
        LOG.info("waiting for the operator's key {}", config.operatorKey());
        saidKeyMissing = true;
      }
      vertx.setTimer(KEY_POLL_MS, _ -> restore());
    }
  }

  /**
   * Saves a newer state and holds it.
   *
   * @return fails with REVISION_STALE for an older one, or as {@link DesiredStateVerifier}
   */
  Future<ApplyDesiredStateReply> apply(SignedDesiredState signed) {
    return next(
        () ->
            restoreOnce()
                .compose(_ -> vertx.executeBlocking(() -> verify(signed)))
                .compose(state -> take(signed, state)));
  }

  /** One after the other, in the order of the calls. */
  private <T> Future<T> next(Supplier<Future<T>> step) {
    Future<T> mine = last.transform(_ -> step.get());
    last = mine;
    return mine;
  }

  private Future<Void> restoreOnce() {
    if (restored) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(() -> Files.exists(config.operatorKey()))
        .compose(there -> there ? readTrusted() : Future.succeededFuture());
  }

  private Future<Void> readTrusted() {
    restored = true;
    return vertx
        .executeBlocking(() -> file.read().map(this::verify))
        .onSuccess(found -> found.filter(this::isNewer).ifPresent(this::start))
        .onFailure(
            thrown ->
                LOG.error(
                    "the saved desired state is left aside; waiting for the operator", thrown))
        .otherwise(Optional.empty())
        .mapEmpty();
  }

  private void start(DesiredState state) {
    LOG.info("starting from revision {} on disk", state.getRevision());
    hold(state);
  }

  private void hold(DesiredState state) {
    held = state;
    adopted.accept(state);
  }

  /** Blocking; the key is read each time, since it may be replaced. */
  private DesiredState verify(SignedDesiredState signed) {
    return DesiredStateVerifier.load(config.operatorKey()).verify(signed, config.node());
  }

  private Future<ApplyDesiredStateReply> take(SignedDesiredState signed, DesiredState state) {
    if (isHeld(state)) {
      return Future.succeededFuture(reply());
    }
    if (!isNewer(state)) {
      return Future.failedFuture(stale(state));
    }
    return vertx
        .executeBlocking(
            () -> {
              file.write(signed);
              return state;
            })
        .map(
            saved -> {
              hold(saved);
              return reply();
            });
  }

  private boolean isHeld(DesiredState state) {
    return state.getEpoch() == held.getEpoch()
        && state.getRevision() == held.getRevision()
        && state.getDigest().equals(held.getDigest());
  }

  /** What a later leader sends is newer than anything from one before. */
  private boolean isNewer(DesiredState state) {
    return state.getEpoch() > held.getEpoch()
        || state.getEpoch() == held.getEpoch() && state.getRevision() > held.getRevision();
  }

  private BpfmanException stale(DesiredState state) {
    if (state.getEpoch() < held.getEpoch()) {
      return FailureCode.REVISION_STALE.because(
          "the desired state is of epoch %d, and node \"%s\" holds one of epoch %d"
              .formatted(state.getEpoch(), config.node(), held.getEpoch()),
          "its sender leads no more; the leader of today sends its own");
    }
    return FailureCode.REVISION_STALE.because(
        "revision %d of the desired state is not newer than revision %d that node \"%s\" holds"
            .formatted(state.getRevision(), held.getRevision(), config.node()),
        "send one with a greater revision");
  }

  private ApplyDesiredStateReply reply() {
    return ApplyDesiredStateReply.newBuilder()
        .setEpoch(held.getEpoch())
        .setRevision(held.getRevision())
        .build();
  }
}
