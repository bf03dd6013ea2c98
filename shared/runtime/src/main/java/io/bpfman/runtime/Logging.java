package io.bpfman.runtime;

import io.bpfman.model.FailureCode;
import io.bpfman.runtime.config.ConfigKey;
import java.util.List;
import java.util.Locale;

/** Log lines on standard error: time, level, short logger name, message. */
public final class Logging {
  /** From much to little. */
  public static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

  private static final List<String> CHATTY = List.of("com.hazelcast", "io.netty", "io.vertx");

  /** Warn for every partition and try about a loss that ServiceHost reports once. */
  private static final List<String> REPETITIVE =
      List.of(
          "com.hazelcast.cp",
          "com.hazelcast.internal.partition",
          "com.hazelcast.internal.server",
          "com.hazelcast.spi.impl.operationexecutor.slowoperationdetector",
          "com.hazelcast.spi.impl.operationservice",
          "io.vertx.core.eventbus.impl.clustered");

  /** Why a member does not join, or which connection was refused. */
  private static final List<String> JOINING =
      List.of(
          "com.hazelcast.core.LifecycleService",
          "com.hazelcast.instance",
          "com.hazelcast.internal.cluster",
          "com.hazelcast.internal.server",
          "io.bpfman.runtime.cluster");

  /** The level of a service. */
  public static final ConfigKey<String> LEVEL =
      ConfigKey.text("log", "Log level: trace, debug, info, warn or error.").withDefault("info");

  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  /**
   * Must run before the first logger is made. Libraries stay at warn whatever the level, or error
   * if that is asked for; from debug on, what Hazelcast does to join is shown too.
   *
   * @param level trace, debug, info, warn or error, in any case
   */
  public static void configure(String level) {
    String known = level.toLowerCase(Locale.ROOT);
    if (!LEVELS.contains(known)) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "log level \"%s\" is unknown".formatted(level), "use " + String.join(", ", LEVELS));
    }
    System.setProperty(PREFIX + "defaultLogLevel", known);
    System.setProperty(PREFIX + "logFile", "System.err");
    System.setProperty(PREFIX + "showDateTime", "true");
    System.setProperty(PREFIX + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    System.setProperty(PREFIX + "showThreadName", "false");
    System.setProperty(PREFIX + "showShortLogName", "true");
    // Hazelcast logs before it has read its configuration.
    System.setProperty("hazelcast.logging.type", "slf4j");
    String libraries = known.equals("error") ? "error" : "warn";
    CHATTY.forEach(name -> System.setProperty(PREFIX + "log." + name, libraries));
    REPETITIVE.forEach(name -> System.setProperty(PREFIX + "log." + name, "error"));
    if (known.equals("debug") || known.equals("trace")) {
      JOINING.forEach(name -> System.setProperty(PREFIX + "log." + name, known));
    }
  }

  /**
   * A level of its own for loggers below a name; after {@link #configure} and before the first of
   * them is made.
   *
   * @param level one of {@link #LEVELS}
   */
  public static void level(String logger, String level) {
    System.setProperty(PREFIX + "log." + logger, level);
  }
}
