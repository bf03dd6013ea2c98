package io.bpfman.runtime.cluster.tls;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All connections to one Hazelcast member: who may shake hands, for how long, on which thread. */
final class Handshakes implements AutoCloseable {
  static final int LIMIT_MILLIS = 15_000;

  /** Unfinished handshakes that one address may have; further connections are closed at once. */
  static final int PENDING_PER_ADDRESS = 16;

  private final MemberTls tls;
  private final Refusals refusals = new Refusals();
  private final ConcurrentMap<InetAddress, Integer> pending = new ConcurrentHashMap<>();

  /**
   * Checks of certificates take milliseconds, too long for a thread that serves all connections.
   */
  private final ScheduledThreadPoolExecutor worker =
      new ScheduledThreadPoolExecutor(
          1, task -> Thread.ofPlatform().daemon().name("bpfman-bus-tls").unstarted(task));

  Handshakes(MemberTls tls) {
    this.tls = tls;
    worker.setRemoveOnCancelPolicy(true);
  }

  /** Puts TLS around what {@code hazelcast} puts into the pipelines of a connection. */
  ChannelInitializer around(ChannelInitializer hazelcast) {
    return channel -> {
      TlsLink link = new TlsLink(this, channel);
      channel.inboundPipeline().addLast(new TlsDecoder(link));
      hazelcast.initChannel(channel);
      channel.outboundPipeline().addLast(new TlsEncoder(link));
      channel.addCloseListener(_ -> link.leavePending());
      if (channel.isClientMode()) {
        link.begin();
      }
      limit(link);
    };
  }

  /** The certificates of now. */
  MemberKeys keys() {
    return tls.keys();
  }

  void run(Runnable task) {
    worker.execute(task);
  }

  void refused(Channel channel, String why) {
    InetAddress peer = channel.socket().getInetAddress();
    String what = channel.isClientMode() ? "a connection to a member" : "a connection of a member";
    refusals.tell(peer == null ? "somebody" : peer.getHostAddress(), what, why);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private void limit(TlsLink link) {
    Channel channel = link.channel();
    InetAddress peer = channel.isClientMode() ? null : channel.socket().getInetAddress();
    if (peer != null && pending.merge(peer, 1, Integer::sum) > PENDING_PER_ADDRESS) {
      run(
          () ->
              link.failUnfinished(
                  "it has more than %d unfinished handshakes".formatted(PENDING_PER_ADDRESS)));
    }
    Future<?> late =
        worker.schedule(
            () -> link.failUnfinished("no TLS handshake within %d ms".formatted(LIMIT_MILLIS)),
            LIMIT_MILLIS,
            TimeUnit.MILLISECONDS);
    link.onPendingEnd(
        () -> {
          late.cancel(false);
          forget(peer);
        });
  }

  private void forget(@Nullable InetAddress peer) {
    if (peer != null) {
      pending.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
    }
  }
}
