package io.bpfman.agent;

import io.bpfman.contract.bus.AgentConsumer;
import io.bpfman.contract.bus.AgentHandler;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.BusLoader;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has the node's desired state carried out by the loader of its process. Starts from what is on
 * disk, so that a node comes back without its operator, and waits for nobody. Stopping it touches
 * no program.
 */
public final class AgentVerticle extends VerticleBase implements AgentHandler {
  private final AgentConfig config;
  private final AgentPorts ports;
  private volatile @Nullable Reconciler reconciler;
  private @Nullable HeldState held;
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
    Journal journal =
        new Journal(config.node(), new EventPublisher(vertx)::publish, InstantSource.system());
    BusLoader loader = new BusLoader(vertx, BusAddresses.OWN_LOADER, "agent/" + config.node());
    Reconciler newReconciler =
        new Reconciler(vertx, new Reconciler.Parts(config, ports, loader, journal), this::changed);
    HeldState newHeld = new HeldState(vertx, config, ports.file(), newReconciler::adopt);
    Reporter newReporter = new Reporter(vertx, config, journal, newHeld::current);
    HintedLooks newHints = new HintedLooks(vertx, newReconciler);
    reconciler = newReconciler;
    held = newHeld;
    reporter = newReporter;
    hints = newHints;
    newReconciler.start();
    newReporter.start(newReconciler);
    newHints.start();
    newHeld.restore();
    return AgentConsumer.register(vertx, BusAddresses.OWN_AGENT, this);
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

  @Override
  public Future<ApplyDesiredStateReply> apply(SignedDesiredState signed) {
    return Objects.requireNonNull(held, "started").apply(signed);
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
