package io.bpfman.loader.adapter.systemd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/**
 * The socket that NOTIFY_SOCKET names (sd_notify(3)), through jnr-unixsocket, whose classes are
 * loaded with the first message. Holds nothing open between two. Any thread.
 */
public final class NotifySocket {
  private final String address;

  /**
   * @param name a path, or @ and a name without a file
   */
  public NotifySocket(String name) {
    address = name.startsWith("@") ? "\0" + name.substring(1) : name;
  }

  /** One datagram. */
  public void send(String message) throws IOException {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    try (UnixDatagramChannel channel = UnixDatagramChannel.open()) {
      int sent = channel.send(ByteBuffer.wrap(bytes), new UnixSocketAddress(address));
      if (sent != bytes.length) {
        throw new IOException("%d of %d bytes went out".formatted(sent, bytes.length));
      }
    }
  }
}
