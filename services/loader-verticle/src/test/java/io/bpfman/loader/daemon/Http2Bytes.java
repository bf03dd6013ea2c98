package io.bpfman.loader.daemon;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes HTTP/2 (RFC 9113) by hand, so that it can be wrong. */
final class Http2Bytes {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int SETTINGS = 4;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** What every client says first, with empty settings. */
  Http2Bytes preface() {
    out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return frame(SETTINGS, 0, 0, new byte[0]);
  }

  Http2Bytes frame(int type, int flags, int stream, byte[] payload) {
    header(payload.length, type, flags, stream);
    out.writeBytes(payload);
    return this;
  }

  /** The nine bytes before a payload that may not come. */
  Http2Bytes header(int length, int type, int flags, int stream) {
    out.write(length >> 16);
    out.write(length >> 8);
    out.write(length);
    out.write(type);
    out.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(stream >> shift);
    }
    return this;
  }

  /** Headers of a gRPC call and one message. */
  Http2Bytes request(int stream, String path, byte[] message) {
    headers(stream, path);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(0);
    for (int shift = 24; shift >= 0; shift -= 8) {
      body.write(message.length >> shift);
    }
    body.writeBytes(message);
    return frame(DATA, END_STREAM, stream, body.toByteArray());
  }

  Http2Bytes headers(int stream, String path) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    field(block, ":method", "POST");
    field(block, ":scheme", "http");
    field(block, ":path", path);
    field(block, ":authority", "localhost");
    field(block, "content-type", "application/grpc");
    field(block, "te", "trailers");
    return frame(HEADERS, END_HEADERS, stream, block.toByteArray());
  }

  /** A literal without indexing (RFC 7541, 6.2.2); both shorter than 127 bytes. */
  private static void field(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    block.write(name.length());
    block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    block.write(value.length());
    block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
