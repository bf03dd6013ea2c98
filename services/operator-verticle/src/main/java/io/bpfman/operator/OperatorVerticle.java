package io.bpfman.operator;

import com.google.protobuf.Timestamp;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.OperatorConsumer;
import io.bpfman.contract.sign.DesiredStateSigner;
import io.bpfman.operator.core.Fleet;
import io.bpfman.operator.core.NodeView;
import io.bpfman.operator.core.ReportOutcome;
import io.bpfman.operator.port.ApplicationSource;
import io.bpfman.operator.port.SourceReading;
import io.bpfman.operator.port.StatusSink;
import io.bpfman.operator.port.StatusSnapshot;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every node what it must run and turns what the nodes report into status. All state lives on
 * the verticle's event loop; files are touched on worker threads only.
 */
public final class OperatorVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorVerticle.class);

  private final OperatorConfig config;
  private final ApplicationSource source;
  private final StatusSink sink;
  private final InstantSource clock;
  private final Fleet fleet;
  private @Nullable Parts parts;

  /** What exists while the verticle runs. */
  private record Parts(
      EventPublisher events, Deliveries deliveries, StatusWriter status, SourceWatch watch) {}

  /** What was read before anything runs. */
  private record Beginning(
      DesiredStateSigner signer, StatusSnapshot written, SourceReading reading) {}

  /** Touches nothing. */
  public OperatorVerticle(
      OperatorConfig config, ApplicationSource source, StatusSink sink, InstantSource clock) {
    this.config = config;
    this.source = source;
    this.sink = sink;
    this.clock = clock;
    this.fleet = new Fleet(config.heartbeat());
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(this::prepare)
        .compose(this::begin)
        .recover(thrown -> stop().transform(_ -> Future.failedFuture(thrown)));
  }

  @Override
  public Future<?> stop() {
    if (parts != null) {
      parts.status().stop();
    }
    return vertx.executeBlocking(
        () -> {
          source.close();
          return true;
        });
  }

  private Beginning prepare() {
    DesiredStateSigner signer =
        DesiredStateSigner.loadOrCreate(config.privateKey(), config.publicKey());
    StatusSnapshot written = sink.load();
    source.open();
    return new Beginning(signer, written, source.read());
  }

  private Future<?> begin(Beginning beginning) {
    StatusWriter status =
        new StatusWriter(vertx, sink, fleet, new StatusWriter.Start(beginning.written(), clock));
    status.hold(nodesOf(beginning.written()), config.heartbeat().multipliedBy(Fleet.MISSED));
    Deliveries deliveries = new Deliveries(vertx, fleet, beginning.signer(), status::refresh);
    SourceWatch watch = new SourceWatch(vertx, source, config.rescan(), this::onReading);
    parts = new Parts(new EventPublisher(vertx), deliveries, status, watch);
    onReading(beginning.reading());
    watch.start();
    vertx.setPeriodic(config.heartbeat().toMillis(), _ -> expire());
    return OperatorConsumer.register(vertx, this::onReport);
  }

  private static List<String> nodesOf(StatusSnapshot written) {
    return written.states().stream()
        .flatMap(state -> Stream.ofNullable(state.getStatus()))
        .flatMap(status -> Stream.ofNullable(status.getNode()))
        .distinct()
        .toList();
  }

  private void onReading(SourceReading reading) {
    Parts running = running();
    reading.problems().stream()
        .filter(running.status()::isNew)
        .forEach(
            problem -> {
              LOG.warn("manifest not used: {}", problem.describe());
              publish(Event.Kind.KIND_FAILED, "", problem.describe());
            });
    fleet.setApplications(reading.applications());
    running.status().setProblems(reading.problems());
    fleet.nodes().stream().map(NodeView::node).toList().forEach(running.deliveries()::sendNow);
  }

  private Future<NodeReportReply> onReport(NodeReport report) {
    Parts running = running();
    ReportOutcome outcome = fleet.report(report, clock.instant());
    if (outcome.joined()) {
      LOG.info("node {} reports", report.getNode());
      publish(Event.Kind.KIND_NODE_JOINED, report.getNode(), "node reports");
    }
    if (outcome.changed()) {
      running.status().refresh();
    }
    if (!outcome.wantFull()) {
      running.status().heard(report.getNode());
    }
    running.deliveries().send(report.getNode());
    return Future.succeededFuture(
        NodeReportReply.newBuilder().setWantFull(outcome.wantFull()).build());
  }

  private void expire() {
    for (String node : fleet.expire(clock.instant())) {
      LOG.warn("node {} has not been heard of for {} heartbeats", node, Fleet.MISSED);
      publish(Event.Kind.KIND_NODE_LEFT, node, "node does not report any more");
      running().status().refresh();
    }
  }

  private void publish(Event.Kind kind, String node, String message) {
    Instant now = clock.instant();
    Timestamp at =
        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
    running()
        .events()
        .publish(
            Event.newBuilder().setKind(kind).setAt(at).setNode(node).setMessage(message).build());
  }

  private Parts running() {
    Parts running = parts;
    if (running == null) {
      throw new IllegalStateException("used before start");
    }
    return running;
  }
}
