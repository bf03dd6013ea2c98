package io.bpfman.loader.daemon;

import io.bpfman.loader.adapter.grpc.CallThreads;
import io.bpfman.loader.adapter.grpc.SocketLimits;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the daemon, with bpfman's names and defaults.
 *
 * @param runtimeDir store and pins
 * @param imageCacheDir pulled images
 * @param socketPath where bpfman.v1 is served
 * @param csiSupport accepted for compatibility
 * @param limits what clients may hold of the daemon
 * @param allowedUids users that may call; empty: whoever the socket file's mode lets in
 * @param lockTimeout how long to wait for another process that works on the runtime directory;
 *     zero: for ever
 * @param hostProc proc file system of the host; null: {@link
 *     io.bpfman.loader.adapter.host.HostView} finds it
 * @param hostRoot directory that targets of probes are below; null: the same
 * @param configFile bpfman.toml; null: the one at its usual place, if there is one
 * @param logLevel trace, debug, info, warn or error; null: as bpfman.toml says
 */
public record DaemonConfig(
    Path runtimeDir,
    Path imageCacheDir,
    Path socketPath,
    boolean csiSupport,
    SocketLimits limits,
    Set<Long> allowedUids,
    Duration lockTimeout,
    @Nullable Path hostProc,
    @Nullable Path hostRoot,
    @Nullable Path configFile,
    @Nullable String logLevel) {

  private static final Pattern UID = Pattern.compile("[0-9]{1,10}");

  private static final ConfigKey<Path> RUNTIME_DIR =
      ConfigKey.path("runtime.dir", "Directory of the store and of the bpffs with all pins.")
          .withDefault(Path.of("/run/bpfman"));
  private static final ConfigKey<Path> IMAGE_CACHE_DIR =
      ConfigKey.path("image.cache.dir", "Directory of pulled images.")
          .withDefault(Path.of("/var/cache/bpfman"));
  private static final ConfigKey<Path> SOCKET_PATH =
      ConfigKey.path("socket.path", "Unix socket that the daemon listens on.")
          .withDefault(Path.of("/run/bpfman-sock/bpfman.sock"));
  private static final ConfigKey<Boolean> CSI_SUPPORT =
      ConfigKey.flag("csi.support", "Accepted for compatibility; this version serves no CSI.")
          .withDefault(false);
  private static final ConfigKey<List<String>> ALLOWED_UIDS =
      ConfigKey.list(
              "allowed.uids",
              "User ids that may call; without any, whoever the socket file's mode lets in.")
          .withDefault(List.of());
  private static final ConfigKey<Duration> LOCK_TIMEOUT =
      ConfigKey.duration(
              "lock.timeout",
              Duration.ZERO,
              Duration.ofHours(24),
              "Wait for another process that works on the runtime directory; 0: for ever.")
          .withDefault(Opening.DEFAULT_LOCK_TIMEOUT);
  private static final ConfigKey<Path> HOST_PROC =
      ConfigKey.path(
              "host.proc",
              "Proc file system that process ids are of; unless set, /host/proc if that shows a"
                  + " process namespace above the daemon's own, else /proc.")
          .optional();
  private static final ConfigKey<Path> HOST_ROOT =
      ConfigKey.path(
              "host.root",
              "Directory below which targets of uprobes are; unless set, the root of process 1 if"
                  + " that is in another mount namespace than the daemon, else /.")
          .optional();
  private static final ConfigKey<Path> CONFIG =
      ConfigKey.path(
              "config", "bpfman.toml; unless set, /etc/bpfman/bpfman.toml if there is such a file.")
          .optional();
  private static final ConfigKey<Duration> IDLE_TIMEOUT =
      ConfigKey.duration(
              "idle.timeout",
              Duration.ofSeconds(1),
              Duration.ofHours(24),
              "A connection on which nothing moves for so long is closed.")
          .withDefault(Duration.ofMinutes(10));
  private static final ConfigKey<Integer> MAX_CONNECTIONS =
      ConfigKey.integer(
              "max.connections", 1, 65_536, "Connections at once; further ones are closed.")
          .withDefault(256);
  private static final ConfigKey<Integer> MAX_STREAMS =
      ConfigKey.integer("max.streams", 1, 1000, "Calls at once on one connection.").withDefault(64);
  private static final ConfigKey<Integer> MAX_WAITING_CALLS =
      ConfigKey.integer(
              "max.waiting.calls",
              1,
              65_536,
              "Calls that wait for others to end, reads and changes each; further ones are"
                  + " refused.")
          .withDefault(CallThreads.DEFAULT_WAITING);
  private static final ConfigKey<String> LOG =
      ConfigKey.text(
              "log",
              "Log level: trace, debug, info, warn or error; unless set, that of bpfman.toml, else"
                  + " info.")
          .optional();

  static final List<ConfigKey<?>> KEYS =
      List.of(
          RUNTIME_DIR,
          IMAGE_CACHE_DIR,
          SOCKET_PATH,
          CSI_SUPPORT,
          IDLE_TIMEOUT,
          MAX_CONNECTIONS,
          MAX_STREAMS,
          MAX_WAITING_CALLS,
          ALLOWED_UIDS,
          LOCK_TIMEOUT,
          HOST_PROC,
          HOST_ROOT,
          CONFIG,
          LOG);

  static DaemonConfig from(ConfigValues values) {
    return new DaemonConfig(
        values.get(RUNTIME_DIR),
        values.get(IMAGE_CACHE_DIR),
        values.get(SOCKET_PATH),
        values.get(CSI_SUPPORT),
        new SocketLimits(
            values.get(IDLE_TIMEOUT),
            values.get(MAX_CONNECTIONS),
            values.get(MAX_STREAMS),
            values.get(MAX_WAITING_CALLS)),
        values.get(ALLOWED_UIDS).stream()
            .map(DaemonConfig::uid)
            .collect(Collectors.toUnmodifiableSet()),
        values.get(LOCK_TIMEOUT),
        values.find(HOST_PROC).orElse(null),
        values.find(HOST_ROOT).orElse(null),
        values.find(CONFIG).orElse(null),
        values.find(LOG).orElse(null));
  }

  private static Long uid(String text) {
    if (!UID.matcher(text).matches()) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s: \"%s\" is no user id".formatted(ALLOWED_UIDS.flagName(), text),
          "give numbers from 0 to 4294967294, separated by commas");
    }
    return Long.valueOf(text);
  }
}
