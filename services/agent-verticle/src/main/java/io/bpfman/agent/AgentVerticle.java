package io.bpfman.agent;

import io.bpfman.contract.NodeKey;
import io.bpfman.contract.bus.AgentConsumer;
import io.bpfman.contract.bus.AgentHandler;
import io.bpfman.contract.bus.BusLoader;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.sign.DesiredStateVerifier;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the node's desired state and has it carried out. Starts from what is on disk, so that a
 * node comes back without its operator. Stopping it touches no program.
 */
public final class AgentVerticle extends VerticleBase implements AgentHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AgentVerticle.class);
  private static final long KEY_POLL_MS = 1_000;

  private final AgentConfig config;
  private final AgentPorts ports;
  private DesiredState held = DesiredState.getDefaultInstance();
  private Future<?> lastApply = Future.succeededFuture();
  private boolean saidKeyMissing;
  private volatile @Nullable Reconciler reconciler;
  private @Nullable Reporter reporter;
  private @Nullable HintedLooks hints;

  public AgentVerticle(AgentConfig config) {
    this(config, AgentPorts.ofHost(config));
  }

  public AgentVerticle(AgentConfig config, AgentPorts ports) {
    this.config = config;
    this.ports = ports;
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(() -> NodeKey.loadOrCreate(config.loaderKey()))
        .compose(this::begin);
  }

  private Future<?> begin(NodeKey key) {
    Journal journal =
        new Journal(config.node(), new EventPublisher(vertx)::publish, InstantSource.system());
    Reporter newReporter = new Reporter(vertx, config, journal, () -> held);
    Reconciler.Parts parts =
        new Reconciler.Parts(config, ports, new BusLoader(vertx, config.node(), key), journal);
    Reconciler newReconciler = new Reconciler(vertx, parts, this::changed);
    reporter = newReporter;
    reconciler = newReconciler;
    newReconciler.start();
    newReporter.start(newReconciler);
    HintedLooks newHints = new HintedLooks(vertx, config.node(), newReconciler);
    hints = newHints;
    newHints.start();
    return AgentConsumer.register(vertx, config.node(), this).onSuccess(_ -> restore());
  }

  @Override
  public Future<?> stop() {
    if (hints != null) {
      hints.stop();
    }
    if (reconciler != null) {
      reconciler.stop();
    }
    return Future.succeededFuture();
  }

  /** What it still waits for; empty when it can do its work. From any thread. */
  public List<String> missing() {
    Reconciler running = reconciler;
    return running != null && running.hasLoader() ? List.of() : List.of("an answer of the loader");
  }

  private void changed() {
    reporter().changed(reconciler());
  }

  private Reconciler reconciler() {
    return Objects.requireNonNull(reconciler, "started");
  }

  private Reporter reporter() {
    return Objects.requireNonNull(reporter, "started");
  }

  /** Waits for the operator's key, without which nothing on disk can be trusted. */
  private void restore() {
    vertx
        .executeBlocking(() -> Files.exists(config.operatorKey()))
        .compose(there -> there ? readTrusted() : waitForKey())
        .onFailure(
            thrown ->
                LOG.error(
                    "the saved desired state is left aside; waiting for the operator", thrown));
  }

  private Future<Void> readTrusted() {
    return vertx
        .executeBlocking(() -> ports.file().read().map(this::verify))
        .map(
            found -> {
              found.ifPresent(this::adoptIfNewer);
              return null;
            });
  }

  private Future<Void> waitForKey() {
    if (!saidKeyMissing) {
      LOG.info("waiting for the operator's key {}", config.operatorKey());
      saidKeyMissing = true;
    }
    vertx.setTimer(KEY_POLL_MS, _ -> restore());
    return Future.succeededFuture();
  }

  private void adoptIfNewer(DesiredState state) {
    if (isNewer(state)) {
      held = state;
      LOG.info("starting from revision {} on disk", state.getRevision());
      reconciler().adopt(state);
    }
  }

  /** Blocking; the key is read each time, since it may be replaced. */
  private DesiredState verify(SignedDesiredState signed) {
    return DesiredStateVerifier.load(config.operatorKey()).verify(signed, config.node());
  }

  @Override
  public Future<ApplyDesiredStateReply> apply(SignedDesiredState signed) {
    Future<ApplyDesiredStateReply> mine =
        lastApply.transform(
            _ -> vertx.executeBlocking(() -> verify(signed)).compose(state -> take(signed, state)));
    lastApply = mine;
    return mine;
  }

  private Future<ApplyDesiredStateReply> take(SignedDesiredState signed, DesiredState state) {
    boolean same =
        state.getEpoch() == held.getEpoch()
            && state.getRevision() == held.getRevision()
            && state.getDigest().equals(held.getDigest());
    if (same) {
      return Future.succeededFuture(reply());
    }
    if (!isNewer(state)) {
      return Future.failedFuture(stale(state));
    }
    return vertx
        .executeBlocking(
            () -> {
              ports.file().write(signed);
              return state;
            })
        .map(
            saved -> {
              held = saved;
              reconciler().adopt(saved);
              return reply();
            });
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

  @Override
  public Future<NodeReport> report() {
    return Future.succeededFuture(reporter().next(reconciler(), true));
  }

  @Override
  public Future<ExplainReply> explain(ExplainRequest request) {
    return reconciler()
        .explain(request.getApplication())
        .map(lines -> ExplainReply.newBuilder().addAllLines(lines).build());
  }
}
