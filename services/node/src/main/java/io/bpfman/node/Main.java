package io.bpfman.node;

import io.bpfman.model.BpfmanException;
import io.bpfman.runtime.Logging;
import io.bpfman.runtime.config.ConfigReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bpfman-agent}. */
public final class Main {
  private static final String PROGRAM = "bpfman-agent";

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int code = run(System.getenv(), List.of(arguments));
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Blocks until SIGTERM or SIGINT. Answers the exit code: 0, or 1 after one sentence on stderr.
   */
  private static int run(Map<String, String> environment, List<String> arguments) {
    ConfigReader reader = new ConfigReader(environment, arguments);
    if (reader.wantsHelp()) {
      System.out.print(ConfigReader.help(PROGRAM, NodeConfig.KEYS));
      return System.out.checkError() ? 1 : 0;
    }
    try {
      NodeConfig config = reader.read(NodeConfig.KEYS, NodeConfig::from);
      Logging.configure(config.logLevel());
      NodeProcess.run(PROGRAM, config);
      return 0;
    } catch (BpfmanException e) {
      System.err.println(PROGRAM + ": " + e.getMessage());
      return 1;
    }
  }
}
