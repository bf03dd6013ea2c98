package io.bpfman.loader.daemon;

import io.bpfman.loader.adapter.toml.ConfigFile;
import io.bpfman.runtime.Logging;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns what flag, environment and file say of logging into what the backend can do. */
final class LogSettings {
  private static final String DEFAULT_LEVEL = "info";

  /** Parts of the daemon that log; a component with a dot in its name is a logger's. */
  private static final Map<String, String> COMPONENTS =
      Map.of(
          "server", "io.bpfman.loader.adapter.grpc",
          "daemon", "io.bpfman.loader.daemon");

  private LogSettings() {}

  /**
   * To be called before the first logger is made. One sentence for each setting without effect.
   *
   * @param level of flag or environment; null when neither is given, then the file's holds
   */
  static List<String> apply(@Nullable String level, ConfigFile file) {
    String inFile = Objects.requireNonNullElse(file.logLevel(), DEFAULT_LEVEL);
    Logging.configure(level == null ? inFile : level);
    List<String> without = new ArrayList<>();
    if (file.jsonLog()) {
      without.add("logging.format json has no effect: this version writes lines of text only");
    }
    file.componentLevels()
        .forEach(
            (component, own) -> {
              String logger = COMPONENTS.getOrDefault(component, component);
              if (logger.contains(".")) {
                Logging.level(logger, own);
              } else {
                without.add(
                    "logging.components.%s has no effect: there are server, daemon, and names of loggers"
                        .formatted(component));
              }
            });
    return without;
  }
}
