package io.bpfman.runtime.cluster;

import io.bpfman.model.Backoff;
import io.bpfman.model.BpfmanException;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs verticles in a member of the cluster until the process is told to stop. A lite member waits
 * for a data member as long as it takes, and when the cluster has forgotten it (its last data
 * member died, a partition healed) it joins again with a new Vert.x and new verticles; until then
 * the old ones go on, since members that know one another still reach each other.
 */
public final class ServiceHost {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);
  private static final Backoff REJOIN = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2));
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final Duration DEPLOY_LIMIT = Duration.ofSeconds(30);

  /** Checks that must fail in a row, so that a pause of the process is not taken for a loss. */
  private static final int MISSES = 3;

  private final String service;
  private final ClusterConfig cluster;
  private final Supplier<List<? extends Deployable>> verticles;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private ServiceHost(
      String service, ClusterConfig cluster, Supplier<List<? extends Deployable>> verticles) {
    this.service = service;
    this.cluster = cluster;
    this.verticles = verticles;
  }

  /**
   * Blocks the calling thread, which must be none of Vert.x, until SIGTERM or SIGINT; then
   * undeploys and leaves within 5 s. Prints one line on standard error each time that the verticles
   * are up.
   *
   * @param serviceName for the ready line
   * @param verticles makes new ones for each join; their constructors must be cheap and repeatable
   * @throws BpfmanException START_REFUSED or the verticle's own failure when the first start does
   *     not work
   */
  public static void run(
      String serviceName, ClusterConfig cluster, Supplier<List<? extends Deployable>> verticles) {
    ServiceHost host = new ServiceHost(serviceName, cluster, verticles);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("bpfman-stop").unstarted(host::shutDown));
    try {
      host.run();
    } finally {
      host.stopped.countDown();
    }
  }

  private void shutDown() {
    stop.countDown();
    try {
      if (!stopped.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} did not stop within {} s", service, STOP_LIMIT.toSeconds());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Optional<ClusterMember> member = join(true);
    while (member.isPresent()) {
      ClusterMember current = member.get();
      Optional<String> loss = watch(current);
      if (loss.isPresent()) {
        LOG.warn("{} lost the cluster: {}; joining again", service, loss.get());
        waitForDataMember();
      }
      current.close(CLOSE_LIMIT);
      member = isStopping() ? Optional.empty() : join(false);
    }
    LOG.info("{} stopped", service);
  }

  /** Empty only when told to stop. */
  private Optional<ClusterMember> join(boolean first) {
    String told = "";
    for (int failures = 1; waitForDataMember(); failures++) {
      try {
        Optional<ClusterMember> member = ClusterMember.join(cluster);
        if (member.isPresent()) {
          return deploy(member.get());
        }
      } catch (BpfmanException e) {
        if (first) {
          throw e;
        }
        if (!told.equals(e.failure().message())) {
          told = e.failure().message();
          LOG.warn("{} cannot join the cluster again yet", service, e);
        }
      }
      pause(REJOIN.delay(failures, ThreadLocalRandom.current()));
    }
    return Optional.empty();
  }

  private Optional<ClusterMember> deploy(ClusterMember member) {
    try {
      List<Future<String>> deployments =
          verticles.get().stream().map(member.vertx()::deployVerticle).toList();
      ClusterMember.await(Future.all(deployments), DEPLOY_LIMIT, "the start of " + service);
      member.startProbe();
    } catch (RuntimeException e) {
      member.close(CLOSE_LIMIT);
      throw e;
    }
    System.err.printf("%s ready: %s%n", service, member.describe());
    return Optional.of(member);
  }

  /** Why the membership is lost; empty when told to stop. */
  private Optional<String> watch(ClusterMember member) {
    int misses = 0;
    while (!pause(CHECK_INTERVAL)) {
      Optional<String> lost = member.lost();
      if (lost.isPresent()) {
        return lost;
      }
      misses = member.isKnown() ? 0 : misses + 1;
      if (misses >= MISSES) {
        return Optional.of("it does not know this member any more");
      }
    }
    return Optional.empty();
  }

  /** False when told to stop. A data member waits for nobody. */
  private boolean waitForDataMember() {
    boolean told = false;
    int failures = 0;
    while (!isStopping() && !cluster.dataMember() && !SeedProbe.anyAnswers(cluster.members())) {
      if (!told) {
        LOG.info("{} waits for an operator at {}", service, String.join(", ", cluster.members()));
        told = true;
      }
      failures++;
      pause(REJOIN.delay(failures, ThreadLocalRandom.current()));
    }
    return !isStopping();
  }

  private boolean isStopping() {
    return stop.getCount() == 0;
  }

  /** True when told to stop. */
  private boolean pause(Duration time) {
    try {
      return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      stop.countDown();
      return true;
    }
  }
}
