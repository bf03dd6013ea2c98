package io.bpfman.operator;

import com.google.protobuf.Timestamp;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.OperatorConsumer;
import io.bpfman.contract.sign.DesiredStateSigner;
import io.bpfman.operator.core.Fleet;
import io.bpfman.operator.core.NodeState;
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
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One time of leading, from gaining it to losing it. On the verticle's event loop. */
final class Reign {
  private static final Logger LOG = LoggerFactory.getLogger(Reign.class);

  private static final int MOST_STRANGERS = 16;

  private final Vertx vertx;
  private final Parts parts;
  private final ApplicationSource source;
  private final StatusSink sink;
  private final EventPublisher events;
  private final Fleet fleet;
  private final Companions companions;
  private final Deliveries deliveries;
  private final Set<String> strangers = new HashSet<>();
  private @Nullable StatusWriter status;
  private @Nullable SourceWatch watch;
  private @Nullable MessageConsumer<Buffer> reports;
  private long expiry = -1;
  private boolean ended;

  record Parts(
      OperatorConfig config, OperatorPorts ports, DesiredStateSigner signer, InstantSource clock) {}

  /** What was read before anything runs. */
  private record Beginning(StatusSnapshot written, SourceReading reading) {}

  Reign(Vertx vertx, Parts parts, long epoch) {
    this.vertx = vertx;
    this.parts = parts;
    OperatorPorts.Ends ends = parts.ports().ends().get();
    this.source = ends.source();
    this.sink = ends.sink();
    this.events = new EventPublisher(vertx);
    this.fleet = new Fleet(parts.config().heartbeat(), epoch);
    this.companions = new Companions(vertx);
    this.deliveries = new Deliveries(vertx, fleet, this::refresh, parts);
  }

  Future<?> begin() {
    SourceWatch newWatch = new SourceWatch(vertx, source, parts.config().rescan(), this::onReading);
    watch = newWatch;
    Runnable hint = newWatch.hint();
    return vertx
        .executeBlocking(
            () -> {
              StatusSnapshot written = sink.load();
              source.open(hint);
              return new Beginning(written, source.read());
            })
        .compose(beginning -> ended ? Future.succeededFuture() : begin(beginning));
  }

  private Future<?> begin(Beginning beginning) {
    Instant now = parts.clock().instant();
    status =
        new StatusWriter(
            vertx, sink, fleet, new StatusWriter.Start(beginning.written(), parts.clock()));
    if (beginning.reading().roster().isEmpty()) {
      fleet.await(nodesOf(beginning.written()), now);
    }
    onReading(beginning.reading());
    watch().start();
    expiry = vertx.setPeriodic(parts.config().heartbeat().toMillis(), _ -> expire());
    return companions
        .start(parts.ports().leaderCompanions())
        .compose(_ -> OperatorConsumer.register(vertx, this::onReport))
        .map(this::registered);
  }

  private SourceWatch watch() {
    if (watch == null) {
      throw new IllegalStateException("used before begin");
    }
    return watch;
  }

  private boolean registered(MessageConsumer<Buffer> consumer) {
    reports = consumer;
    if (ended) {
      consumer.unregister();
    }
    return true;
  }

  /** Nothing is sent or written any more. Idempotent. */
  Future<?> end() {
    ended = true;
    vertx.cancelTimer(expiry);
    deliveries.stop();
    if (watch != null) {
      watch.stop();
    }
    if (status != null) {
      status.stop();
    }
    Future<?> silent = reports == null ? Future.succeededFuture() : reports.unregister();
    return Future.join(silent, companions.stop())
        .transform(
            _ ->
                vertx.executeBlocking(
                    () -> {
                      sink.close();
                      source.close();
                      return true;
                    }));
  }

  private static List<String> nodesOf(StatusSnapshot written) {
    return written.states().stream().map(NodeState::node).distinct().toList();
  }

  private void onReading(SourceReading reading) {
    StatusWriter writer = status;
    if (ended || writer == null) {
      return;
    }
    reading.problems().stream()
        .filter(writer::isNew)
        .forEach(
            problem -> {
              LOG.warn("manifest not used: {}", problem.describe());
              publish(Event.Kind.KIND_FAILED, "", problem.describe());
            });
    reading.roster().ifPresent(nodes -> fleet.setRoster(nodes, parts.clock().instant()));
    fleet.setPods(reading.pods());
    fleet.setApplications(reading.applications());
    writer.setProblems(reading.problems());
    fleet.nodes().stream().map(NodeView::node).toList().forEach(deliveries::sendNow);
  }

  private Future<NodeReportReply> onReport(NodeReport report) {
    ReportOutcome outcome = fleet.report(report, parts.clock().instant());
    if (outcome.unknown()) {
      return stranger(report.getNode());
    }
    if (outcome.joined()) {
      LOG.info("node {} reports", report.getNode());
      publish(Event.Kind.KIND_NODE_JOINED, report.getNode(), "node reports");
    }
    if (outcome.changed()) {
      refresh();
    }
    deliveries.send(report.getNode());
    return Future.succeededFuture(
        NodeReportReply.newBuilder().setWantFull(outcome.wantFull()).build());
  }

  /** Names can be made up without end, so only the first few are kept and told. */
  private Future<NodeReportReply> stranger(String node) {
    if (strangers.size() < MOST_STRANGERS && strangers.add(node)) {
      LOG.warn("{} reports and is no node of this cluster; it gets nothing", node);
    }
    return Future.succeededFuture(NodeReportReply.getDefaultInstance());
  }

  private void expire() {
    for (String node : fleet.expire(parts.clock().instant())) {
      LOG.warn("node {} has not been heard of for {} heartbeats", node, Fleet.MISSED);
      publish(Event.Kind.KIND_NODE_LEFT, node, "node does not report any more");
      refresh();
    }
  }

  private void refresh() {
    if (status != null) {
      status.refresh();
    }
  }

  private void publish(Event.Kind kind, String node, String message) {
    Instant now = parts.clock().instant();
    Timestamp at =
        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
    events.publish(
        Event.newBuilder().setKind(kind).setAt(at).setNode(node).setMessage(message).build());
  }
}
