package io.bpfman.runtime.cluster;

import io.bpfman.model.Backoff;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.names.NameCache;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process a member of the cluster, by a thread of its own: waits for a data member as
 * long as it takes, joins, and when the cluster has forgotten it (its last data member died, a
 * partition healed) joins again with a new Vert.x. Nobody waits for any of it.
 */
public final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final Backoff REJOIN = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2));
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration REPLACE_LIMIT = Duration.ofSeconds(4);

  /**
   * Checks that look at nothing but what happened here, unless members came or went: asking the
   * cluster is most of what an idle member costs.
   */
  private static final int CALM_CHECKS = 5;

  /** Checks that must fail in a row, so that a pause of the process is not taken for a loss. */
  private static final int MISSES = 3;

  static {
    NameCache.shorten();
  }

  private final String service;
  private final ClusterConfig cluster;
  private final MembershipListener listener;
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Duration leaveLimit = REPLACE_LIMIT;
  private volatile @Nullable ClusterMember current;

  /**
   * Does nothing before {@link #start}.
   *
   * @param service whose membership it is, for log lines
   */
  public Membership(String service, ClusterConfig cluster, MembershipListener listener) {
    this.service = service;
    this.cluster = cluster;
    this.listener = listener;
    thread = Thread.ofPlatform().daemon().name("bpfman-membership").unstarted(this::run);
  }

  /**
   * Returns at once.
   *
   * @throws IllegalThreadStateException when it was started before
   */
  public void start() {
    thread.start();
  }

  /**
   * Closes the clustered Vert.x, leaves the cluster and ends the thread; blocks for {@code limit}
   * at most, and goes on in the background after it. Never call it on an event loop or from the
   * listener.
   */
  public void close(Duration limit) {
    leaveLimit = limit;
    stop.countDown();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(limit.plusMillis(500))) {
        LOG.warn("{} did not leave the cluster within {} ms", service, limit.toMillis());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Own address, name of the cluster and number of members; empty while not joined. */
  public Optional<String> describe() {
    return Optional.ofNullable(current).map(ClusterMember::describe);
  }

  private void run() {
    warnWithoutTls();
    Optional<ClusterMember> member = join();
    while (member.isPresent()) {
      Optional<String> loss = watch(member.get());
      current = null;
      if (loss.isPresent()) {
        LOG.warn("{} lost the cluster: {}; joining again", service, loss.get());
        listener.onLost(loss.get());
        waitForDataMember();
      }
      member.get().close(leaveLimit);
      member = join();
    }
  }

  private void warnWithoutTls() {
    if (cluster.tlsDirectory() == null && !cluster.isOnLoopback()) {
      LOG.warn(
          "{} speaks without TLS on {}: whoever reaches its ports can be a member and change"
              + " everything; give --cluster-tls-directory",
          service,
          cluster.host());
    }
  }

  /** Empty only when told to stop. */
  private Optional<ClusterMember> join() {
    for (int failures = 1; waitForDataMember(); failures++) {
      try {
        Optional<ClusterMember> member = ClusterMember.join(cluster);
        if (member.isPresent()) {
          hand(member.get());
          return member;
        }
      } catch (BpfmanException e) {
        listener.onFailed(e);
      } catch (RuntimeException e) {
        listener.onFailed(
            FailureCode.INTERNAL.because("%s cannot join: %s".formatted(service, e), "", e));
      }
      pause(REJOIN.delay(failures, ThreadLocalRandom.current()));
    }
    return Optional.empty();
  }

  private void hand(ClusterMember member) {
    current = member;
    try {
      listener.onJoined(member.vertx());
      member.startProbe();
    } catch (RuntimeException e) {
      current = null;
      member.close(leaveLimit);
      throw e;
    }
  }

  /** Why the membership is lost; empty when told to stop. */
  private Optional<String> watch(ClusterMember member) {
    int misses = 0;
    for (int check = 1; !pause(CHECK_INTERVAL); check++) {
      Optional<String> lost = member.lost();
      if (lost.isPresent()) {
        return lost;
      }
      member.refreshCertificates();
      if (member.takeHint() || misses > 0 || check % CALM_CHECKS == 0) {
        misses = member.isKnown() ? 0 : misses + 1;
      }
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
    while (!isStopping() && !cluster.dataMember() && !SeedProbe.anyAnswers(cluster.memberNames())) {
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
