package io.bpfman.operator;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.operator.adapter.files.TokenDirectory;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigReader;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * {@code bpfman-operator enroll NODE}: prints a token with which that node may enrol once, where
 * there is no Kubernetes to say who a node is.
 */
final class EnrollCommand {
  /** Of the command line. */
  static final String NAME = "enroll";

  private static final ConfigKey<Duration> TTL =
      ConfigKey.duration(
              "ttl",
              Duration.ofMinutes(1),
              Duration.ofDays(7),
              "How long the token may be used; once in any case.")
          .withDefault(Duration.ofHours(1));
  private static final ConfigKey<Boolean> MEMBER =
      ConfigKey.flag(
          "member", "The node becomes a member, which is trusted as the operator itself is.");
  private static final List<ConfigKey<?>> KEYS = List.of(OperatorConfig.STATE, TTL, MEMBER);

  private EnrollCommand() {}

  /** Where it writes. */
  record Streams(PrintStream out, PrintStream err) {}

  /** Answers the exit code: 0, or 1 after one sentence on the error stream. */
  static int run(Map<String, String> environment, List<String> arguments, Streams streams) {
    boolean named = !arguments.isEmpty() && !arguments.getFirst().startsWith("-");
    ConfigReader reader =
        new ConfigReader(environment, named ? arguments.subList(1, arguments.size()) : arguments);
    if (reader.wantsHelp()) {
      streams.out().print(ConfigReader.help("bpfman-operator " + NAME + " NODE", KEYS));
      return 0;
    }
    try {
      if (!named) {
        throw FailureCode.CONFIGURATION_INVALID.because(
            "which node may enrol is not said", "run: bpfman-operator enroll NODE");
      }
      print(arguments.getFirst(), reader.read(KEYS, values -> values), streams);
      return 0;
    } catch (BpfmanException e) {
      streams.err().println("bpfman-operator: " + e.getMessage());
      return 1;
    }
  }

  /** The token alone on standard output. */
  private static void print(String node, ConfigValues values, Streams streams) {
    PeerIdentity identity = new PeerIdentity(values.get(MEMBER) ? Role.MEMBER : Role.NODE, node);
    Path state = values.get(OperatorConfig.STATE);
    String token =
        new TokenDirectory(OperatorConfig.tokens(state), InstantSource.system())
            .issue(identity, values.get(TTL));
    streams.out().println(token);
    streams
        .err()
        .printf(
            "Copy it, and %s, to %s %s within %d min; whoever has it can be that node, once.%n",
            OperatorConfig.bundle(state),
            identity.role().word(),
            identity.name(),
            values.get(TTL).toMinutes());
  }
}
