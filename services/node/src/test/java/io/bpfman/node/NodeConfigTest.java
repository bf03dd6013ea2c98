package io.bpfman.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.runtime.config.ConfigReader;
import io.bpfman.testkit.ReadmeTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
  @Test
  void readmeListsTheDeclaredSettings() {
    ReadmeTables.check(Path.of("README.md"), NodeConfig.KEYS);
  }

  @Test
  void nodeNameIsTheFlagThenOursThenKubernetes() {
    Map<String, String> kubernetes = Map.of("KUBE_NODE_NAME", "k");
    Map<String, String> both = Map.of("KUBE_NODE_NAME", "k", "BPFMAN_NODE_NAME", "own");
    assertEquals("k", node(kubernetes));
    assertEquals("own", node(both));
    assertEquals("flag", node(both, "--node-name", "flag"));
  }

  @Test
  void anEdgeWithoutOperatorsAndAnUnknownUplinkAreRefusedWithTheWayOut() {
    assertTrue(refusal("--uplink", "edge").contains("--edge-operators"));
    assertTrue(refusal("--uplink", "both").contains("give member or edge"));
  }

  private static String refusal(String... arguments) {
    ConfigReader reader = new ConfigReader(Map.of(), List.of(arguments));
    return assertThrows(BpfmanException.class, () -> reader.read(NodeConfig.KEYS, NodeConfig::from))
        .getMessage();
  }

  private static String node(Map<String, String> environment, String... arguments) {
    return new ConfigReader(environment, List.of(arguments))
        .read(NodeConfig.KEYS, NodeConfig::from)
        .agent()
        .node();
  }
}
