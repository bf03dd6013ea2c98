package io.bpfman.bench;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * gRPC with no thread but the caller's: one write, then reads until the stream ends. What it sees
 * beyond the kernel's work is the server's share. Speaks as much of HTTP/2 (RFC 9113) as that
 * takes; one call at a time.
 */
final class BlockingClient implements AutoCloseable {
  private static final int FRAME_HEADER = 9;
  private static final int MESSAGE_HEADER = 5;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int MAX_WINDOW = Integer.MAX_VALUE;
  private static final int DEFAULT_WINDOW = 65_535;

  private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 18).flip();
  private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
  private int nextStream = 1;

  BlockingClient(Path socket) throws IOException {
    channel.connect(UnixDomainSocketAddress.of(socket));
    out.put("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    // SETTINGS_INITIAL_WINDOW_SIZE, and as much for the connection: answers never wait for room.
    frame(SETTINGS, 0, 0, 6).putShort((short) 4).putInt(MAX_WINDOW);
    frame(WINDOW_UPDATE, 0, 0, 4).putInt(MAX_WINDOW - DEFAULT_WINDOW);
    send();
  }

  /**
   * @param method as in {@code :path}, "/package.Service/Method"
   * @throws IOException when the server answers with a failure
   */
  <T> T call(String method, MessageLite request, Parser<T> answers) throws IOException {
    int stream = nextStream;
    nextStream += 2;
    byte[] headers = headers(method);
    frame(HEADERS, END_HEADERS, stream, headers.length).put(headers);
    byte[] message = request.toByteArray();
    frame(DATA, END_STREAM, stream, MESSAGE_HEADER + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message);
    send();
    byte[] answer = receive(stream);
    if (answer.length < MESSAGE_HEADER) {
      throw new IOException(method + " was refused");
    }
    return answers.parseFrom(
        ByteBuffer.wrap(answer, MESSAGE_HEADER, answer.length - MESSAGE_HEADER));
  }

  /** HPACK (RFC 7541), every field by static index or as a literal that nobody need remember. */
  private static byte[] headers(String method) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x83); // :method POST
    block.write(0x86); // :scheme http
    block.write(0x04); // :path
    text(block, method);
    block.write(0x01); // :authority
    text(block, "localhost");
    block.write(0x0F); // content-type, index 31
    block.write(0x10);
    text(block, "application/grpc");
    block.write(0x00); // a name of its own
    text(block, "te");
    text(block, "trailers");
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    block.write(bytes.length);
    block.writeBytes(bytes);
  }

  private ByteBuffer frame(int type, int flags, int stream, int length) {
    return out.putShort((short) (length >> 8))
        .put((byte) length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream);
  }

  private void send() throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
    out.clear();
  }

  /** The data of one stream until its end; empty when there was none. */
  private byte[] receive(int stream) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    while (true) {
      need(FRAME_HEADER);
      int length = Short.toUnsignedInt(in.getShort()) << 8 | Byte.toUnsignedInt(in.get());
      int type = in.get();
      int flags = in.get();
      int of = in.getInt();
      need(length);
      byte[] payload = new byte[length];
      in.get(payload);
      answer(type, flags, payload);
      if (of == stream && type == DATA) {
        data.writeBytes(payload);
      }
      if (of == stream && (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
        return data.toByteArray();
      }
    }
  }

  private void answer(int type, int flags, byte[] payload) throws IOException {
    switch (type) {
      case RESET, GO_AWAY -> throw new IOException("the server ended the call, frame type " + type);
      case SETTINGS -> {
        if ((flags & ACK) == 0) {
          frame(SETTINGS, ACK, 0, 0);
          send();
        }
      }
      case PING -> {
        if ((flags & ACK) == 0) {
          frame(PING, ACK, 0, payload.length).put(payload);
          send();
        }
      }
      default -> {}
    }
  }

  private void need(int bytes) throws IOException {
    if (in.remaining() < bytes) {
      in.compact();
      while (in.position() < bytes) {
        if (channel.read(in) < 0) {
          throw new EOFException("the server closed the connection");
        }
      }
      in.flip();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
