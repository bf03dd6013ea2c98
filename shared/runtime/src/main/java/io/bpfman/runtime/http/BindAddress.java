package io.bpfman.runtime.http;

import io.bpfman.model.FailureCode;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import java.util.Optional;

/**
 * Where a server listens.
 *
 * @param host name or address; 0.0.0.0 for all
 * @param port 0 takes a free one
 */
public record BindAddress(String host, int port) {
  private static final int MAX_PORT = 65535;

  /**
   * Reads {@code :8175}, {@code 127.0.0.1:8175} or {@code [::1]:8175}; empty for {@code 0}, which
   * switches the server off.
   *
   * @throws IllegalArgumentException with what is wrong, as the end of a sentence
   */
  public static Optional<BindAddress> parse(String text) {
    if (text.equals("0")) {
      return Optional.empty();
    }
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon));
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (colon < 0 || (host.indexOf(':') >= 0 && !bracketed)) {
      throw new IllegalArgumentException("must be host:port, [address]:port, :port or 0");
    }
    String plain = bracketed ? host.substring(1, host.length() - 1) : host;
    return Optional.of(
        new BindAddress(plain.isEmpty() ? "0.0.0.0" : plain, port(text.substring(colon + 1))));
  }

  /**
   * {@link #parse} of a setting.
   *
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID naming the flag
   */
  public static Optional<BindAddress> of(ConfigValues values, ConfigKey<String> key) {
    String text = values.get(key);
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s \"%s\" %s".formatted(key.flagName(), text, e.getMessage()),
          "see --help for every setting",
          e);
    }
  }

  private static int port(String text) {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX_PORT) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException("must have a port of 0 to " + MAX_PORT);
  }
}
