package io.bpfman.node.adapter.edge;

import io.bpfman.runtime.names.PeerName;
import java.nio.file.Path;
import java.util.List;

/**
 * Whom to connect to, and as whom.
 *
 * @param operators of a host with several addresses any is tried
 * @param certificates directory with {@code ca.crt}, {@code tls.crt} and {@code tls.key}; read
 *     before each connection
 */
public record EdgeSettings(List<PeerName> operators, Path certificates) {
  /** Port of the edge unless another is given. */
  public static final int DEFAULT_PORT = 5702;

  public EdgeSettings {
    operators = List.copyOf(operators);
  }
}
