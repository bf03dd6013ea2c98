package io.bpfman.loader.daemon;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainDatagramSocketAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other end of NOTIFY_SOCKET: a bound datagram socket. */
final class FakeServiceManager implements AutoCloseable {
  private static final int MAX_MESSAGE = 4096;

  private final Socket socket;
  private final List<String> lines = new ArrayList<>();

  FakeServiceManager(Path file) throws IOException {
    this(file.toString());
  }

  /**
   * @param address a path, or a NUL and a name without a file
   */
  FakeServiceManager(String address) throws IOException {
    Epoll.ensureAvailability();
    socket = Socket.newSocketDomainDgram();
    socket.bind(new DomainSocketAddress(address));
  }

  /** All lines that came so far. */
  List<String> lines() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_MESSAGE);
    for (var from = receive(buffer); from != null; from = receive(buffer)) {
      byte[] message = new byte[from.receivedAmount()];
      buffer.get(0, message);
      lines.addAll(new String(message, StandardCharsets.UTF_8).lines().toList());
    }
    return List.copyOf(lines);
  }

  private @Nullable DomainDatagramSocketAddress receive(ByteBuffer buffer) throws IOException {
    return socket.recvFromDomainSocket(buffer, 0, MAX_MESSAGE);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
