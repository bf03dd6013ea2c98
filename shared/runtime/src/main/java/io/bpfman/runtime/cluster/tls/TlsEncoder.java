package io.bpfman.runtime.cluster.tls;

import static com.hazelcast.internal.networking.HandlerStatus.BLOCKED;
import static com.hazelcast.internal.networking.HandlerStatus.CLEAN;
import static com.hazelcast.internal.networking.HandlerStatus.DIRTY;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import java.io.EOFException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** From Hazelcast to the socket; holds everything back until the handshake is done. */
final class TlsEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {
  private static final int HANDSHAKE_BYTES = 17 * 1024;

  /** Four records for one write. */
  private static final int ESTABLISHED_BYTES = 68 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final TlsLink link;
  private final int bytes;

  TlsEncoder(TlsLink link) {
    // Strangers get less.
    this(link, HANDSHAKE_BYTES);
  }

  private TlsEncoder(TlsLink link, int bytes) {
    this.link = link;
    this.bytes = bytes;
  }

  @Override
  public void handlerAdded() {
    dst = ByteBuffer.allocate(bytes).flip();
  }

  @Override
  public HandlerStatus onWrite() throws EOFException {
    SSLEngine engine = link.engine();
    if (engine == null || link.isFailed()) {
      return BLOCKED;
    }
    if (link.isEstablished() && bytes < ESTABLISHED_BYTES && !dst.hasRemaining()) {
      channel.outboundPipeline().replace(this, new TlsEncoder(link, ESTABLISHED_BYTES));
      return CLEAN;
    }
    dst.compact();
    try {
      return wrapAll(engine);
    } catch (SSLException e) {
      link.fail(String.valueOf(e.getMessage()));
      return CLEAN;
    } finally {
      dst.flip();
    }
  }

  @Override
  public void interceptError(Throwable error) {
    link.brokenOff(error);
  }

  private HandlerStatus wrapAll(SSLEngine engine) throws SSLException, EOFException {
    while (mayWrap(engine)) {
      boolean open = link.isEstablished();
      if (open && !src.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
        return CLEAN;
      }
      SSLEngineResult result = engine.wrap(open ? src : NOTHING, dst);
      if (result.getStatus() == Status.CLOSED) {
        throw new EOFException("TLS is closed");
      }
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        return DIRTY;
      }
      if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
        link.establish();
      }
    }
    return BLOCKED;
  }

  /** False while it is the other side's turn, or a check is under way; somebody wakes this then. */
  private boolean mayWrap(SSLEngine engine) {
    if (link.isEstablished()) {
      return true;
    }
    return switch (engine.getHandshakeStatus()) {
      case NEED_WRAP -> true;
      case NOT_HANDSHAKING -> {
        link.establish();
        yield true;
      }
      case NEED_TASK -> {
        link.runTasks(engine);
        yield false;
      }
      default -> {
        channel.inboundPipeline().wakeup();
        yield false;
      }
    };
  }
}
