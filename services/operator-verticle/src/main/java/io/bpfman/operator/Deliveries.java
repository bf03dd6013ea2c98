package io.bpfman.operator;

import io.bpfman.contract.bus.AgentClient;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.sign.DesiredStateSigner;
import io.bpfman.model.Backoff;
import io.bpfman.model.FailureCode;
import io.bpfman.operator.core.Fleet;
import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.DesiredState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends desired states, at most one at a time to each node; failures of one node delay that node
 * only. On the verticle's event loop.
 */
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Fleet fleet;
  private final Runnable delivered;
  private final DesiredStateSigner signer;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Map<String, Delivery> deliveries = new HashMap<>();
  private boolean stopped;

  private static final class Delivery {
    private boolean underWay;
    private int failures;
    private long timer = NO_TIMER;
  }

  Deliveries(Vertx vertx, Fleet fleet, Runnable delivered, Reign.Parts parts) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.delivered = delivered;
    this.signer = parts.signer();
  }

  /** Begins no sending any more. */
  void stop() {
    stopped = true;
  }

  /** Sends what the node lacks, unless a try is under way or waits for its time. */
  void send(String node) {
    Delivery delivery = deliveries.computeIfAbsent(node, _ -> new Delivery());
    if (stopped || delivery.underWay || delivery.timer != NO_TIMER) {
      return;
    }
    fleet.toSend(node).ifPresent(state -> send(delivery, state));
  }

  /** As {@link #send} without waiting: there is something new to send. */
  void sendNow(String node) {
    Delivery delivery = deliveries.computeIfAbsent(node, _ -> new Delivery());
    delivery.failures = 0;
    if (delivery.timer != NO_TIMER) {
      vertx.cancelTimer(delivery.timer);
      delivery.timer = NO_TIMER;
    }
    send(node);
  }

  private void send(Delivery delivery, DesiredState state) {
    delivery.underWay = true;
    LOG.debug("node {} gets revision {}", state.getNode(), state.getRevision());
    vertx
        .executeBlocking(() -> signer.sign(state), false)
        .compose(
            signed -> new AgentClient(vertx, BusAddresses.agent(state.getNode())).apply(signed))
        .compose(reply -> taken(state, reply))
        .onComplete(
            reply -> {
              delivery.underWay = false;
              delivery.failures = 0;
              fleet.acknowledged(state, reply.getRevision());
              delivered.run();
              send(state.getNode());
            },
            thrown -> {
              delivery.underWay = false;
              retry(delivery, state, thrown);
            });
  }

  private static Future<ApplyDesiredStateReply> taken(
      DesiredState sent, ApplyDesiredStateReply reply) {
    if (reply.getRevision() == sent.getRevision() && reply.getEpoch() == sent.getEpoch()) {
      return Future.succeededFuture(reply);
    }
    return Future.failedFuture(
        FailureCode.REVISION_STALE.because(
            "node %s holds revision %d, not %d"
                .formatted(sent.getNode(), reply.getRevision(), sent.getRevision())));
  }

  private void retry(Delivery delivery, DesiredState state, Throwable thrown) {
    if (stopped) {
      return;
    }
    delivery.failures++;
    Duration delay = RETRY.delay(delivery.failures, random);
    LOG.warn(
        "node {} did not take revision {} ({}); next try in {} ms",
        state.getNode(),
        state.getRevision(),
        thrown.getMessage(),
        delay.toMillis());
    delivery.timer =
        vertx.setTimer(
            delay.toMillis(),
            _ -> {
              delivery.timer = NO_TIMER;
              send(state.getNode());
            });
  }
}
