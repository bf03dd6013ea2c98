package io.bpfman.cli;

import io.bpfman.model.FailureCode;
import io.bpfman.model.GoDuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The root command; its options may stand before or after any other word. */
@Command(
    name = "bpfman",
    description = "Loads eBPF programs, attaches them, and keeps them as manifests say.",
    versionProvider = VersionCommand.Provider.class)
public final class GlobalOptions {
  /** Options that take a value. */
  static final Set<String> NAMES =
      Set.of(
          "--socket-path",
          "--manifests",
          "--config",
          "--log",
          "--runtime-dir",
          "--image-cache-dir",
          "--lock-timeout");

  private static final String SOCKET_PATH = "/run/bpfman-sock/bpfman.sock";
  private static final String RUNTIME_DIR = "/run/bpfman";

  private static final String DAEMON_ONLY =
      "Belongs to `serve`; accepted everywhere, because scripts for bpfman give it.";

  @Option(
      names = "--socket-path",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description = "Socket of the daemon (BPFMAN_SOCKET_PATH; default " + SOCKET_PATH + ").")
  private @Nullable Path socketPath;

  @Option(
      names = "--manifests",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = "/etc/bpfman/manifests",
      description = "Directory of manifests (BPFMAN_MANIFESTS; default ${DEFAULT-VALUE}).")
  private Path manifests = Path.of("");

  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Store and pins, used when no daemon listens (BPFMAN_RUNTIME_DIR; default "
              + RUNTIME_DIR
              + "). A socket that is named without a directory needs its daemon.")
  private @Nullable Path runtimeDir;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = DAEMON_ONLY + " A file that is not there is an error (BPFMAN_CONFIG).")
  private @Nullable Path config;

  @Option(
      names = "--image-cache-dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = DAEMON_ONLY)
  private String daemonOnly = "";

  @Option(
      names = "--lock-timeout",
      paramLabel = "DURATION",
      scope = ScopeType.INHERIT,
      defaultValue = "30s",
      converter = DurationConverter.class,
      description =
          "Wait for another process that works there, when no daemon listens; 0: for ever"
              + " (BPFMAN_LOCK_TIMEOUT; default ${DEFAULT-VALUE}).")
  private Duration lockTimeout = Duration.ZERO;

  @Option(
      names = "--log",
      paramLabel = "LEVEL",
      scope = ScopeType.INHERIT,
      completionCandidates = LogLevel.Words.class,
      converter = LogLevel.Reader.class,
      description =
          "What is logged on stderr: trace, debug, info, warn or error, and NAME=LEVEL for parts,"
              + " separated by commas (BPFMAN_LOG; default warn).")
  private LogLevel log = LogLevel.DEFAULT;

  @Option(
      names = "--version",
      versionHelp = true,
      description = "Shows the version of this program.")
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows the help of a command.")
  private boolean help;

  /** Socket of the daemon. */
  public Path socketPath() {
    return socketPath == null ? Path.of(SOCKET_PATH) : socketPath;
  }

  /** Whether the user has given a socket and no directory. */
  LoaderOpener.Named named() {
    return socketPath != null && runtimeDir == null
        ? LoaderOpener.Named.SOCKET
        : LoaderOpener.Named.DIRECTORY_OR_NOTHING;
  }

  /** CONFIGURATION_INVALID for a file that was named and is not there; the daemon reads it. */
  void checkConfig() {
    if (config != null && !Files.isReadable(config)) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "the configuration file %s does not exist or cannot be read".formatted(config),
          "leave --config (BPFMAN_CONFIG) out to go without one");
    }
  }

  /** Directory of store and pins. */
  public Path runtimeDir() {
    return runtimeDir == null ? Path.of(RUNTIME_DIR) : runtimeDir;
  }

  /** How long to wait for another process that works on the runtime directory; zero: for ever. */
  public Duration lockTimeout() {
    return lockTimeout;
  }

  LogLevel log() {
    return log;
  }

  /** Directory of manifests; need not exist. */
  public Path manifests() {
    return manifests;
  }

  @Override
  public String toString() {
    return "socket %s, runtime directory %s, lock timeout %s, manifests %s%s%s%s"
        .formatted(
            socketPath(),
            runtimeDir(),
            lockTimeout,
            manifests,
            daemonOnly,
            version ? ", version" : "",
            help ? ", help" : "");
  }

  /** Reads a duration as Go does. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return GoDuration.parse(text);
      } catch (IllegalArgumentException notOne) {
        TypeConversionException refused =
            new TypeConversionException("\"%s\" %s".formatted(text, notOne.getMessage()));
        refused.initCause(notOne);
        throw refused;
      }
    }
  }
}
