package io.bpfman.agent;

import com.google.protobuf.ByteString;
import io.bpfman.contract.bus.OperatorClient;
import io.bpfman.contract.sign.Digests;
import io.bpfman.contract.wire.Failures;
import io.bpfman.model.Failure;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.NodeReport;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator: a heartbeat now and then, everything when it changed or when asked. Used on
 * one event loop.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  /** Changes within this time travel in one report. */
  private static final long COALESCE_MS = 100;

  /** One of an application that begins, and what becomes of it, with one to spare. */
  private static final int AT_ONCE = 3;

  private final Vertx vertx;
  private final AgentConfig config;
  private final OperatorClient operator;
  private final Journal journal;
  private final Supplier<DesiredState> held;
  private final String instance = UUID.randomUUID().toString();
  private long sequence;
  private boolean scheduled;
  private int atOnce = AT_ONCE;
  private boolean answered = true;
  private ByteString accepted = ByteString.EMPTY;

  Reporter(Vertx vertx, AgentConfig config, Journal journal, Supplier<DesiredState> held) {
    this.vertx = vertx;
    this.config = config;
    this.operator = new OperatorClient(vertx);
    this.journal = journal;
    this.held = held;
  }

  void start(Reconciler source) {
    vertx.setPeriodic(1, config.heartbeat().toMillis(), _ -> send(source, false));
  }

  /**
   * Sends a full report, if it differs from the last that the operator took: after a quiet time at
   * once, for a few that follow one another; of many changes one in {@value #COALESCE_MS} ms.
   */
  void changed(Reconciler source) {
    if (scheduled) {
      return;
    }
    scheduled = true;
    if (atOnce > 0) {
      atOnce--;
      vertx.setTimer(COALESCE_MS, _ -> atOnce++);
      vertx.runOnContext(_ -> sendChange(source));
    } else {
      vertx.setTimer(COALESCE_MS, _ -> sendChange(source));
    }
  }

  private void sendChange(Reconciler source) {
    scheduled = false;
    if (source.isKnown() && !build(source, false).getObservedDigest().equals(accepted)) {
      send(source, true);
    }
  }

  /** The next report; counts it. */
  NodeReport next(Reconciler source, boolean full) {
    return build(source, full).toBuilder().setSequence(++sequence).build();
  }

  private NodeReport build(Reconciler source, boolean full) {
    NodeReport.Builder report =
        NodeReport.newBuilder()
            .setNode(config.node())
            .putAllLabels(config.labels())
            .setDesiredEpoch(held.get().getEpoch())
            .setDesiredRevision(held.get().getRevision())
            .setDesiredDigest(held.get().getDigest())
            .setInstance(instance)
            .setAt(journal.now());
    if (source.isKnown()) {
      List<ApplicationReport> reports = source.reports();
      report.setObservedDigest(ByteString.copyFrom(Digests.ofReports(reports).toArray()));
      if (full) {
        report.setFull(true).addAllApplications(reports);
      }
    }
    source.loaderFailure().ifPresent(failure -> report.setLoaderFailure(Failures.toProto(failure)));
    return report.build();
  }

  private void send(Reconciler source, boolean full) {
    NodeReport report = next(source, full);
    operator
        .report(report)
        .onSuccess(
            reply -> {
              answered = true;
              if (report.getFull()) {
                accepted = report.getObservedDigest();
              } else if (reply.getWantFull() && source.isKnown()) {
                send(source, true);
              }
            })
        .onFailure(this::unheard);
  }

  private void unheard(Throwable thrown) {
    if (answered) {
      LOG.warn(
          "the operator does not answer; this node goes on with what it has: {}",
          Failure.of(thrown).describe());
    }
    answered = false;
  }
}
