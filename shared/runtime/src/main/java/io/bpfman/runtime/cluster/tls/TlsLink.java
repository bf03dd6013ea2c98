package io.bpfman.runtime.cluster.tls;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.server.ServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a Hazelcast member, shared by its decoder (input thread) and its encoder
 * (output thread, or whoever writes). Each of them is blocked while it cannot go on, and is woken
 * by what the other one or the worker has done.
 */
final class TlsLink {
  private static final Logger LOG = LoggerFactory.getLogger(TlsLink.class);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Handshakes handshakes;
  private final Channel channel;
  private final AtomicBoolean working = new AtomicBoolean();
  private final AtomicReference<@Nullable Runnable> pendingEnd = new AtomicReference<>();
  private volatile @Nullable SSLEngine engine;
  private volatile boolean established;
  private volatile boolean failed;

  TlsLink(Handshakes handshakes, Channel channel) {
    this.handshakes = handshakes;
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  /** Null before the first byte of a peer that connected to this member. */
  @Nullable SSLEngine engine() {
    return engine;
  }

  /** Makes the engine with the certificates of now. */
  SSLEngine begin() throws SSLException {
    SSLEngine made = handshakes.keys().engine(channel.isClientMode());
    made.beginHandshake();
    engine = made;
    return made;
  }

  /** Runs {@code action} once: when the handshake is done, or the connection closed. */
  void onPendingEnd(Runnable action) {
    pendingEnd.set(action);
    if (established || channel.isClosed()) {
      leavePending();
    }
  }

  void leavePending() {
    Runnable action = pendingEnd.getAndSet(null);
    if (action != null) {
      action.run();
    }
  }

  /** Whether the peer's certificate was checked and the handshake done. */
  boolean isEstablished() {
    return established;
  }

  boolean isFailed() {
    return failed;
  }

  /** Whether a check is under way on the worker. */
  boolean isWorking() {
    return working.get();
  }

  void establish() {
    if (!established) {
      established = true;
      leavePending();
      LOG.debug("TLS with {}", channel);
      wakeBoth();
    }
  }

  /** Has the engine's tasks done, and wakes both sides then. */
  void runTasks(SSLEngine of) {
    if (working.compareAndSet(false, true)) {
      handshakes.run(
          () -> {
            Runnable task = of.getDelegatedTask();
            while (task != null) {
              task.run();
              task = of.getDelegatedTask();
            }
            working.set(false);
            wakeBoth();
          });
    }
  }

  /**
   * Closes the connection; told once for each peer, without a trace, since anybody can cause it.
   */
  void fail(String why) {
    failed = true;
    if (channel.isClosed()) {
      return;
    }
    handshakes.refused(channel, why);
    sayGoodbye();
    ServerConnection connection =
        (ServerConnection) channel.attributeMap().get(ServerConnection.class);
    if (connection == null) {
      closeQuietly();
    } else {
      connection.close("TLS: " + why, null);
    }
  }

  /** The same, of a peer whose certificate was not checked yet. */
  void failUnfinished(String why) {
    if (!established) {
      fail(why);
    }
  }

  /** The socket was closed; no refusal of somebody who said nothing, as members that only look. */
  void brokenOff(Throwable error) {
    if (engine == null) {
      leavePending();
    } else {
      failUnfinished("the TLS handshake was broken off: " + error.getMessage());
    }
  }

  private void closeQuietly() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("{} was not closed in order", channel, e);
    }
  }

  private void wakeBoth() {
    channel.inboundPipeline().wakeup();
    channel.outboundPipeline().wakeup();
  }

  /** Tries to send the alert, so that the other side can say why, too. */
  private void sayGoodbye() {
    SSLEngine of = engine;
    if (of == null || established) {
      return;
    }
    try {
      ByteBuffer alert = ByteBuffer.allocate(of.getSession().getPacketBufferSize());
      of.closeOutbound();
      of.wrap(NOTHING, alert);
      channel.socket().getChannel().write(alert.flip());
    } catch (IOException | RuntimeException e) {
      LOG.debug("the alert did not reach {}", channel, e);
    }
  }
}
