package io.bpfman.runtime.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.cluster.tls.BusTls;
import io.bpfman.runtime.cluster.tls.MemberTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One membership: a Hazelcast instance and the clustered Vert.x on it, from join to close. Once
 * {@link #lost} it stays lost, since what others knew of it is gone. All methods block; never call
 * them on an event loop.
 */
final class ClusterMember {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(20);
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(2);

  /** The multimap in which vertx-hazelcast 5.0 keeps registrations by address. */
  private static final String SUBSCRIPTIONS = "__vertx.subs";

  /** The map in which vertx-hazelcast 5.0 keeps where nodes listen. */
  private static final String NODES = "__vertx.nodeInfo";

  private final HazelcastInstance hazelcast;
  private final String nodeId;
  private final Vertx vertx;
  private final @Nullable BusTls tls;
  private final String probe = "bpfman.probe." + UUID.randomUUID();
  private final AtomicReference<@Nullable String> lost = new AtomicReference<>();

  private final AtomicBoolean hint = new AtomicBoolean();

  private ClusterMember(
      HazelcastInstance hazelcast, String nodeId, Vertx vertx, @Nullable BusTls tls) {
    this.hazelcast = hazelcast;
    this.nodeId = nodeId;
    this.vertx = vertx;
    this.tls = tls;
  }

  /**
   * Joins; empty when no data member was found, with nothing left behind.
   *
   * @throws BpfmanException START_REFUSED when the address cannot be bound; UNAVAILABLE when the
   *     join did not work this time
   */
  static Optional<ClusterMember> join(ClusterConfig cluster) {
    String nodeId = UUID.randomUUID().toString();
    MemberTls tls = cluster.tlsDirectory() == null ? null : MemberTls.read(cluster.tlsDirectory());
    BusTls busTls = tls == null ? null : new BusTls(tls);
    HazelcastInstance hazelcast =
        startHazelcast(cluster, nodeId, new MemberContext(cluster.memberNames(), tls));
    if (!hasDataMember(hazelcast)) {
      hazelcast.getLifecycleService().terminate();
      return Optional.empty();
    }
    try {
      Vertx vertx = joined(BusStart.start(cluster, hazelcast, busTls), "joining the event bus");
      ClusterMember member = new ClusterMember(hazelcast, nodeId, vertx, busTls);
      member.listen();
      return Optional.of(member);
    } catch (RuntimeException e) {
      hazelcast.getLifecycleService().terminate();
      throw e;
    }
  }

  Vertx vertx() {
    return vertx;
  }

  /** For the ready line. */
  String describe() {
    return "%s of cluster \"%s\" with %d members"
        .formatted(
            hazelcast.getCluster().getLocalMember().getAddress(),
            hazelcast.getConfig().getClusterName(),
            hazelcast.getCluster().getMembers().size());
  }

  /** Registers the address whose absence tells that this member's registrations are gone. */
  void startProbe() {
    joined(
        vertx.eventBus().consumer(probe, message -> message.reply("")).completion(),
        "registering on the event bus");
  }

  /** Uses new certificates for what connects from now on, if there are any. */
  void refreshCertificates() {
    if (tls != null) {
      tls.openToMembers(vertx).onFailure(e -> LOG.warn("the event bus keeps its certificates", e));
    }
  }

  /** Why this membership is of no use any more; empty while it is. */
  Optional<String> lost() {
    return Optional.ofNullable(lost.get());
  }

  /** Whether members came or went since the last call. */
  boolean takeHint() {
    return hint.getAndSet(false);
  }

  /**
   * Whether the cluster still knows this member, asked as a sender elsewhere would: past every
   * cache. False when the answer takes longer than 2 s.
   */
  boolean isKnown() {
    CompletableFuture<Boolean> answer =
        CompletableFuture.supplyAsync(
            () ->
                hazelcast.getMultiMap(SUBSCRIPTIONS).containsKey(probe)
                    && hazelcast.getMap(NODES).containsKey(nodeId),
            Thread.ofVirtual()::start);
    try {
      return answer.get(CHECK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the cluster did not say whether it knows this member", e);
      return false;
    }
  }

  /**
   * Undeploys, closes Vert.x, leaves the cluster; gives up on each after a part of {@code limit}.
   */
  void close(Duration limit) {
    long half = limit.toMillis() / 2;
    boolean clean = finishes("closing Vert.x", vertx.close(), half);
    CompletableFuture<Void> left =
        CompletableFuture.runAsync(
            () -> {
              if (clean && lost.get() == null) {
                hazelcast.shutdown();
              } else {
                hazelcast.getLifecycleService().terminate();
              }
            },
            Thread.ofPlatform().daemon().name("bpfman-leave")::start);
    finishes("leaving the cluster", Future.fromCompletionStage(left), half);
  }

  private void listen() {
    hazelcast
        .getCluster()
        .addMembershipListener(
            new MembershipAdapter() {
              @Override
              public void memberAdded(MembershipEvent event) {
                hint.set(true);
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                hint.set(true);
                if (event.getMembers().stream().allMatch(Member::isLiteMember)) {
                  lost.compareAndSet(null, "the last data member left");
                }
              }
            });
    hazelcast
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                lost.compareAndSet(null, "it was merged into another part of the cluster");
              } else if (event.getState() == LifecycleEvent.LifecycleState.SHUTTING_DOWN) {
                lost.compareAndSet(null, "Hazelcast was stopped");
              }
            });
    if (!hasDataMember(hazelcast)) {
      lost.compareAndSet(null, "the last data member left");
    }
  }

  private static HazelcastInstance startHazelcast(
      ClusterConfig cluster, String nodeId, MemberContext context) {
    try {
      return HazelcastInstanceFactory.newHazelcastInstance(
          HazelcastConfigs.of(cluster, nodeId), null, context);
    } catch (HazelcastException e) {
      throw FailureCode.START_REFUSED.because(
          "the cluster member cannot start on %s port %d: %s"
              .formatted(cluster.host(), cluster.port(), e.getMessage()),
          "check --cluster-host and --cluster-port; is another one running there?",
          e);
    } catch (IllegalStateException e) {
      // What Hazelcast says when it was not let in within its time: many may have come at once.
      throw FailureCode.UNAVAILABLE.because(
          "nobody of %s let this member in: %s"
              .formatted(String.join(", ", cluster.members()), e.getMessage()),
          "--log debug shows each step of a join",
          e);
    }
  }

  private static boolean hasDataMember(HazelcastInstance hazelcast) {
    return hazelcast.getCluster().getMembers().stream().anyMatch(member -> !member.isLiteMember());
  }

  private static boolean finishes(String what, Future<?> future, long millis) {
    try {
      await(future, Duration.ofMillis(millis), what);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("{} did not work; going on without", what, e);
      return false;
    }
  }

  /** The outcome of a step of a join, which may work the next time when it did not this time. */
  private static <T> T joined(Future<T> future, String what) {
    try {
      return await(future, JOIN_LIMIT, what);
    } catch (BpfmanException e) {
      throw FailureCode.UNAVAILABLE.because(
          e.failure().message(), "--log debug shows each step of a join", e);
    }
  }

  static <T> T await(Future<T> future, Duration limit, String what) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FailureCode.CANCELLED.because(what + " was interrupted", "", e);
    } catch (TimeoutException e) {
      throw FailureCode.START_REFUSED.because(
          "%s took more than %d ms".formatted(what, limit.toMillis()),
          "the machine or the network may be overloaded",
          e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof BpfmanException known) {
        throw known;
      }
      throw FailureCode.START_REFUSED.because(
          "%s failed: %s".formatted(what, cause.getMessage()), "", cause);
    }
  }
}
