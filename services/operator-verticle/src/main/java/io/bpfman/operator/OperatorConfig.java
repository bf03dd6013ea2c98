package io.bpfman.operator;

import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Configuration of the operator on hosts without Kubernetes.
 *
 * @param manifests directory of manifests; status is written to {@code .status} inside
 * @param state directory of the signing key pair {@code operator.key} and {@code operator.pub}, and
 *     of the last {@code epoch}
 * @param heartbeat interval of the agents' reports; a node that misses three counts as silent
 * @param rescan interval of reading the manifests even when no change was noticed
 */
public record OperatorConfig(Path manifests, Path state, Duration heartbeat, Duration rescan) {
  private static final ConfigKey<Path> MANIFESTS =
      ConfigKey.path(
              "manifest.dir", "Directory of manifests; status is written to .status inside it.")
          .withDefault(Path.of("/etc/bpfman/manifests"));
  static final ConfigKey<Path> STATE =
      ConfigKey.path(
              "state.dir",
              "Directory of the signing key pair operator.key and operator.pub, and of certificates.")
          .withDefault(Path.of("/var/lib/bpfman/operator"));
  private static final ConfigKey<Duration> HEARTBEAT =
      ConfigKey.duration(
              "heartbeat.interval",
              Duration.ofMillis(100),
              Duration.ofMinutes(1),
              "Interval of the agents' reports; a node that misses three counts as silent.")
          .withDefault(Duration.ofSeconds(5));
  private static final ConfigKey<Duration> RESCAN =
      ConfigKey.duration(
              "manifest.rescan",
              Duration.ofMillis(100),
              Duration.ofHours(1),
              "Interval of reading all manifests even when no change was noticed.")
          .withDefault(Duration.ofSeconds(10));

  public static final List<ConfigKey<?>> KEYS = List.of(MANIFESTS, STATE, HEARTBEAT, RESCAN);

  public static OperatorConfig from(ConfigValues values) {
    return new OperatorConfig(
        values.get(MANIFESTS), values.get(STATE), values.get(HEARTBEAT), values.get(RESCAN));
  }

  /** Secret; mode 0600. */
  Path privateKey() {
    return state.resolve("operator.key");
  }

  /** Of the last start. */
  Path epochFile() {
    return state.resolve("epoch");
  }

  /** Given to every agent. */
  Path publicKey() {
    return state.resolve("operator.pub");
  }

  /** Certificate that this operator shows to other members. */
  Path memberCertificate() {
    return state.resolve("member");
  }

  /** Authorities and their keys, without Kubernetes; secret. */
  Path authorities() {
    return state.resolve("ca.pem");
  }

  /** The authorities alone, for nodes, without Kubernetes. */
  static Path bundle(Path state) {
    return state.resolve("ca.crt");
  }

  /** One-time tokens, without Kubernetes. */
  static Path tokens(Path state) {
    return state.resolve("tokens");
  }
}
