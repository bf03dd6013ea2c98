package io.bpfman.runtime.cluster;

import io.bpfman.model.BpfmanException;
import io.bpfman.runtime.StopSignal;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs verticles in a member of the cluster until the process is told to stop: new ones for each
 * join of its {@link Membership}; while the cluster is lost the old ones go on.
 */
public final class ServiceHost implements MembershipListener {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);
  private static final Duration DEPLOY_LIMIT = Duration.ofSeconds(30);

  private final String service;
  private final Supplier<List<? extends Deployable>> verticles;
  private final Membership membership;
  private final StopSignal stop;
  private volatile boolean started;
  private volatile @Nullable BpfmanException refusal;
  private String told = "";

  private ServiceHost(
      String service, ClusterConfig cluster, Supplier<List<? extends Deployable>> verticles) {
    this.service = service;
    this.verticles = verticles;
    membership = new Membership(service, cluster, this);
    stop = StopSignal.install(service);
  }

  /**
   * Blocks the calling thread, which must be none of Vert.x, until SIGTERM or SIGINT; then
   * undeploys and leaves within 5 s. Prints one line on standard error each time that the verticles
   * are up.
   *
   * @param serviceName for the ready line
   * @param verticles makes new ones for each join; their constructors must be cheap and repeatable
   * @throws BpfmanException START_REFUSED when the address cannot be bound, or the verticle's own
   *     failure at its first start; a join that does not work is tried again without end
   */
  public static void run(
      String serviceName, ClusterConfig cluster, Supplier<List<? extends Deployable>> verticles) {
    ServiceHost host = new ServiceHost(serviceName, cluster, verticles);
    try {
      host.run();
    } finally {
      host.stop.done();
    }
  }

  @Override
  public void onJoined(Vertx clustered) {
    try {
      List<Future<String>> deployments =
          verticles.get().stream().map(clustered::deployVerticle).toList();
      ClusterMember.await(Future.all(deployments), DEPLOY_LIMIT, "the start of " + service);
    } catch (BpfmanException e) {
      refuseUnlessStarted(e);
      throw e;
    }
    started = true;
    told = "";
    System.err.printf("%s ready: %s%n", service, membership.describe().orElseThrow());
  }

  @Override
  public void onLost(String why) {
    // The verticles of the old Vert.x go on until those of the next one take over.
  }

  @Override
  public void onFailed(BpfmanException failure) {
    if (!failure.failure().code().retriable()) {
      refuseUnlessStarted(failure);
    }
    if (refusal == null && !told.equals(failure.failure().message())) {
      told = failure.failure().message();
      LOG.warn("{} cannot join the cluster yet, and tries again: {}", service, told);
      LOG.debug("the failure in full", failure);
    }
  }

  private void refuseUnlessStarted(BpfmanException failure) {
    if (!started && refusal == null) {
      refusal = failure;
      stop.raise();
    }
  }

  private void run() {
    membership.start();
    stop.await();
    membership.close(CLOSE_LIMIT);
    BpfmanException refused = refusal;
    if (refused != null) {
      throw refused;
    }
    LOG.info("{} stopped", service);
  }
}
