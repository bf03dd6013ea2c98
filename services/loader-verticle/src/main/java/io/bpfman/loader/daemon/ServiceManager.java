package io.bpfman.loader.daemon;

import io.bpfman.loader.adapter.systemd.NotifySocket;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the daemon is, one datagram for each message (sd_notify(3)). Does nothing when
 * no service manager asked. Any thread.
 */
final class ServiceManager {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

  private final @Nullable NotifySocket socket;
  private final Optional<Duration> pingInterval;

  private ServiceManager(@Nullable NotifySocket socket, Optional<Duration> pingInterval) {
    this.socket = socket;
    this.pingInterval = pingInterval;
  }

  /**
   * @param environment NOTIFY_SOCKET: a path, or @ and a name without a file. WATCHDOG_USEC, when
   *     WATCHDOG_PID is absent or {@code pid}: limit between two pings.
   */
  static ServiceManager of(Map<String, String> environment, long pid) {
    String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (!socket.startsWith("/") && !socket.startsWith("@")) {
      return new ServiceManager(null, Optional.empty());
    }
    return new ServiceManager(new NotifySocket(socket), interval(environment, pid));
  }

  /** Half the limit, as sd_watchdog_enabled(3) advises. */
  private static Optional<Duration> interval(Map<String, String> environment, long pid) {
    String limit = environment.getOrDefault("WATCHDOG_USEC", "");
    String whose = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
    return limit.matches("[1-9][0-9]{3,17}") && whose.equals(Long.toString(pid))
        ? Optional.of(Duration.ofNanos(Long.parseLong(limit) / 2 * 1000))
        : Optional.empty();
  }

  /** How often {@link #alive} is to be called; empty: never. At least 0.5 ms. */
  Optional<Duration> pingInterval() {
    return pingInterval;
  }

  void ready() {
    send("READY=1\nSTATUS=serving\n");
  }

  void stopping() {
    send("STOPPING=1\nSTATUS=stopping; programs stay\n");
  }

  void alive() {
    send("WATCHDOG=1\n");
  }

  /** A message that cannot be sent is logged: systemd then acts on its own limits. */
  private void send(String message) {
    if (socket == null) {
      return;
    }
    try {
      socket.send(message);
    } catch (IOException e) {
      LOG.warn("cannot tell the service manager {}: {}", message.strip(), e.toString());
    }
  }
}
