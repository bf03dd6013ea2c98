package io.bpfman.agent;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.ServiceHost;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent as a process of its own. Exit status 1 when it cannot start. */
public final class Main {
  private static final List<ConfigKey<?>> KEYS =
      ConfigReader.join(ClusterConfig.KEYS, AgentConfig.KEYS);

  private Main() {}

  private record Setup(ClusterConfig cluster, AgentConfig agent) {}

  public static void main(String[] arguments) {
    Logger log = LoggerFactory.getLogger(Main.class);
    try {
      ConfigReader reader = new ConfigReader(environment(), List.of(arguments));
      if (reader.wantsHelp()) {
        log.info("{}", ConfigReader.help("bpfman-agent", KEYS));
        return;
      }
      String host = hostName();
      Setup setup =
          reader.read(
              KEYS,
              values -> new Setup(ClusterConfig.from(values), AgentConfig.from(values, host)));
      ServiceHost.run("agent", setup.cluster(), () -> List.of(new AgentVerticle(setup.agent())));
    } catch (BpfmanException refused) {
      log.error("{}", refused.getMessage(), refused);
      System.exit(1);
    }
  }

  /** A node name may come from either variable; ours wins. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    String own = environment.get("BPFMAN_NODE_NAME");
    if (own != null) {
      environment.put("KUBE_NODE_NAME", own);
    }
    return environment;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "this host does not know its own name", "give --node-name", e);
    }
  }
}
