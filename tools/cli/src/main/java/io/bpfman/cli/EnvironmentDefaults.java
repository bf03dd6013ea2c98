package io.bpfman.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the default of an option from the environment, so that only {@link Main} reads the real
 * one.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "--config", "BPFMAN_CONFIG",
          "--socket-path", "BPFMAN_SOCKET_PATH",
          "--runtime-dir", "BPFMAN_RUNTIME_DIR",
          "--lock-timeout", "BPFMAN_LOCK_TIMEOUT",
          "--log", "BPFMAN_LOG",
          "--manifests", "BPFMAN_MANIFESTS",
          "--registry-auth", "BPFMAN_REGISTRY_AUTH");

  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Null, as picocli asks for, when the annotation's own default is to be used. */
  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String variable = VARIABLES.get(option.longestName());
    String value = variable == null ? null : environment.get(variable);
    return value == null || value.isEmpty() ? null : value;
  }
}
