package io.bpfman.runtime.cluster.tls;

import static com.hazelcast.internal.networking.HandlerStatus.BLOCKED;
import static com.hazelcast.internal.networking.HandlerStatus.CLEAN;
import static com.hazelcast.internal.networking.HandlerStatus.DIRTY;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import java.io.EOFException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** From the socket to Hazelcast; passes nothing on before the peer's certificate was checked. */
final class TlsDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {
  /** More than one record of TLS: 16 KiB and what is around them. */
  private static final int RECORD_BYTES = 17 * 1024;

  private static final int ESTABLISHED_BYTES = 2 * RECORD_BYTES;

  private final TlsLink link;
  private final int bytes;

  /** What did not fit into Hazelcast's buffer, which has 3 bytes at first. */
  private ByteBuffer rest = ByteBuffer.allocate(0);

  TlsDecoder(TlsLink link) {
    // Strangers get less.
    this(link, RECORD_BYTES);
  }

  private TlsDecoder(TlsLink link, int bytes) {
    this.link = link;
    this.bytes = bytes;
  }

  @Override
  public void handlerAdded() {
    src = ByteBuffer.allocate(bytes);
  }

  @Override
  public HandlerStatus onRead() throws EOFException {
    if (link.isFailed()) {
      src.clear();
      return CLEAN;
    }
    if (isToGrow()) {
      channel.inboundPipeline().replace(this, new TlsDecoder(link, ESTABLISHED_BYTES));
      return CLEAN;
    }
    src.flip();
    try {
      SSLEngine engine = link.engine();
      if (engine == null && !src.hasRemaining()) {
        return CLEAN;
      }
      return unwrapAll(engine == null ? link.begin() : engine);
    } catch (SSLException e) {
      link.fail(String.valueOf(e.getMessage()));
      src.position(src.limit());
      return CLEAN;
    } finally {
      src.compact();
    }
  }

  @Override
  public void interceptError(Throwable error) {
    link.brokenOff(error);
  }

  private boolean isToGrow() {
    return link.isEstablished()
        && bytes < ESTABLISHED_BYTES
        && src.position() == 0
        && !rest.hasRemaining();
  }

  private HandlerStatus unwrapAll(SSLEngine engine) throws SSLException, EOFException {
    while (deliverRest()) {
      if (link.isWorking()) {
        return BLOCKED;
      }
      if (isToBeEmptied()) {
        return src.hasRemaining() ? DIRTY : CLEAN;
      }
      SSLEngineResult result = unwrap(engine);
      HandshakeStatus next = engine.getHandshakeStatus();
      if (next == HandshakeStatus.NEED_TASK) {
        link.runTasks(engine);
      } else if (next == HandshakeStatus.NEED_WRAP) {
        channel.outboundPipeline().wakeup();
      }
      if (isStuck(result, next)) {
        return CLEAN;
      }
    }
    return DIRTY;
  }

  /** Whether Hazelcast's buffer could take a record if Hazelcast emptied it first. */
  private boolean isToBeEmptied() {
    return dst.remaining() < RECORD_BYTES && dst.capacity() >= RECORD_BYTES && dst.position() > 0;
  }

  private static boolean isStuck(SSLEngineResult result, HandshakeStatus next) {
    return result.bytesConsumed() == 0
        && result.bytesProduced() == 0
        && next != HandshakeStatus.NEED_TASK
        && next != HandshakeStatus.NEED_UNWRAP_AGAIN;
  }

  private SSLEngineResult unwrap(SSLEngine engine) throws SSLException, EOFException {
    boolean direct = dst.remaining() >= RECORD_BYTES;
    ByteBuffer target = direct ? dst : ByteBuffer.allocate(RECORD_BYTES);
    SSLEngineResult result = engine.unwrap(src, target);
    if (!direct) {
      rest = target.flip();
    }
    if (result.getStatus() == Status.CLOSED) {
      if (!link.isEstablished()) {
        throw new SSLException("the other side closed it during the TLS handshake");
      }
      throw new EOFException("TLS was closed by the other side");
    }
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      throw new SSLException("a TLS record has more than 16 KiB");
    }
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED
        || engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
      link.establish();
    }
    return result;
  }

  /** False while Hazelcast's buffer is too small; Hazelcast empties it and calls again. */
  private boolean deliverRest() {
    if (rest.hasRemaining()) {
      int length = Math.min(rest.remaining(), dst.remaining());
      dst.put(dst.position(), rest, rest.position(), length);
      dst.position(dst.position() + length);
      rest.position(rest.position() + length);
    }
    return !rest.hasRemaining();
  }
}
