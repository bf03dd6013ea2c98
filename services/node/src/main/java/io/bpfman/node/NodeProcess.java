package io.bpfman.node;

import io.bpfman.agent.AgentVerticle;
import io.bpfman.loader.bridge.LoaderVerticle;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.node.adapter.edge.EdgeUplink;
import io.bpfman.node.adapter.member.MemberUplink;
import io.bpfman.node.port.NodeBus;
import io.bpfman.node.port.Uplink;
import io.bpfman.runtime.LocalVertx;
import io.bpfman.runtime.StopSignal;
import io.bpfman.runtime.health.HealthVerticle;
import io.bpfman.runtime.health.MetricsSettings;
import io.bpfman.runtime.health.MetricsVerticle;
import io.bpfman.runtime.health.ProcessMetrics;
import io.bpfman.runtime.pki.Enrolment;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agent and loader bridge on a bus of their own, which nobody else can reach, and an uplink beside
 * them. All work of the verticles and the answers about health share one event loop, so that health
 * speaks for it.
 */
final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
  private static final Duration UPLINK_LIMIT = Duration.ofSeconds(3);
  private static final long START_LIMIT_S = 30;
  private static final long CLOSE_LIMIT_S = 2;

  private NodeProcess() {}

  /**
   * Blocks the calling thread until SIGTERM or SIGINT, then ends within 5 s and touches no program.
   *
   * @throws BpfmanException START_REFUSED when a verticle does not start
   */
  static void run(String program, NodeConfig config) {
    StopSignal stop = StopSignal.install(program);
    try {
      Vertx vertx = LocalVertx.create();
      Uplink uplink = uplink(vertx, config);
      try {
        deploy(vertx, config);
        System.err.printf("%s ready: node \"%s\"%n", program, config.agent().node());
        uplink.start();
        stop.await();
      } finally {
        uplink.close(UPLINK_LIMIT);
        close(vertx);
      }
      LOG.info("{} stopped", program);
    } finally {
      stop.done();
    }
  }

  private static Uplink uplink(Vertx vertx, NodeConfig config) {
    NodeBus bus = new NodeBus(vertx);
    return switch (config.uplink()) {
      case UplinkConfig.Member member ->
          new MemberUplink(config.agent().node(), bus, member.cluster());
      case UplinkConfig.Edge edge -> new EdgeUplink(vertx, bus, edge.settings());
    };
  }

  private static void deploy(Vertx vertx, NodeConfig config) {
    List<Future<String>> deployments =
        verticles(config).stream().map(vertx::deployVerticle).toList();
    try {
      Future.all(deployments).await(START_LIMIT_S, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw FailureCode.START_REFUSED.because(
          "the start took more than %d s".formatted(START_LIMIT_S),
          "the machine may be overloaded",
          e);
    }
  }

  private static List<Deployable> verticles(NodeConfig config) {
    AgentVerticle agent = new AgentVerticle(config.agent());
    List<Deployable> all = new ArrayList<>();
    all.add(new LoaderVerticle(config.agent().node(), config.socketPath()));
    all.add(agent);
    if (config.uplink() instanceof UplinkConfig.Edge edge) {
      edge.enrolment().ifPresent(settings -> all.add(new Enrolment(settings, _ -> {})));
    }
    config.endpoints().health().ifPresent(at -> all.add(new HealthVerticle(at, agent::missing)));
    config.endpoints().metrics().ifPresent(at -> all.add(metrics(MetricsSettings.plain(at))));
    return all;
  }

  private static Deployable metrics(MetricsSettings settings) {
    // It lives as long as the process.
    ProcessMetrics metrics = new ProcessMetrics();
    return new MetricsVerticle(settings, metrics::text);
  }

  private static void close(Vertx vertx) {
    try {
      vertx.close().await(CLOSE_LIMIT_S, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("the verticles did not end within {} s", CLOSE_LIMIT_S, e);
    }
  }
}
