package io.bpfman.node.adapter.edge;

import java.nio.file.Path;
import java.util.List;

/**
 * @param operators host:port each; of a host with several addresses any is tried
 * @param certificates directory with {@code ca.crt}, {@code tls.crt} and {@code tls.key}; read
 *     before each connection
 */
public record EdgeSettings(List<String> operators, Path certificates) {
  public EdgeSettings {
    operators = List.copyOf(operators);
  }
}
