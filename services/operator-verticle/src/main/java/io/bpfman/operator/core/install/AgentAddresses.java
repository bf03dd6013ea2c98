package io.bpfman.operator.core.install;

import io.bpfman.model.FailureCode;

/**
 * Where the agent listens, each as host:port or :port.
 *
 * @param health for the kubelet's probes
 * @param metrics loopback unless somebody collects them
 */
public record AgentAddresses(String health, String metrics) {
  static final String HEALTH = ":8175";
  static final String METRICS = "127.0.0.1:8174";
  static final int METRICS_PORT = 8174;
  private static final int MAX_PORT = 65535;

  public AgentAddresses {
    port("health", health);
    port("metrics", metrics);
  }

  int healthPort() {
    return port("health", health);
  }

  /** Empty for all addresses. */
  String healthHost() {
    return health.substring(0, health.lastIndexOf(':'));
  }

  private static int port(String what, String address) {
    String digits = address.substring(address.lastIndexOf(':') + 1);
    if (address.indexOf(':') >= 0 && digits.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    }
    throw FailureCode.CONFIGURATION_INVALID.because(
        "the agent's %s address \"%s\" is none".formatted(what, address),
        "give host:port or :port with a port of 1 to " + MAX_PORT);
  }
}
