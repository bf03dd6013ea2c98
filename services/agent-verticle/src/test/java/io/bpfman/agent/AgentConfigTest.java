package io.bpfman.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.runtime.config.ConfigReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentConfigTest {
  @Test
  void nodeIsNamedByFlagThenEnvironmentThenHost() throws java.net.UnknownHostException {
    assertEquals(java.net.InetAddress.getLocalHost().getHostName(), read(Map.of()).node());
    assertEquals("kube", read(Map.of("KUBE_NODE_NAME", "kube")).node());
    assertEquals("flag", read(Map.of("KUBE_NODE_NAME", "kube"), "--node-name", "flag").node());
  }

  @Test
  void hostNameLabelIsAlwaysThere() {
    assertEquals(
        Map.of("kubernetes.io/hostname", "n1", "zone", "a"),
        read(Map.of(), "--node-name", "n1", "--node-labels", "zone=a").labels());
  }

  @Test
  void labelWithoutValueIsRefused() {
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> read(Map.of(), "--node-labels", "zone"));
    assertTrue(refused.getMessage().contains("\"zone\""));
  }

  @Test
  void intervalsHaveTheirDefaults() {
    AgentConfig config = read(Map.of());
    assertEquals(Duration.ofSeconds(5), config.heartbeat());
    assertEquals(Duration.ofSeconds(10), config.drift());
    assertEquals(Duration.ofMillis(250), config.retry().first());
    assertEquals(Duration.ofSeconds(30), config.retry().limit());
    assertEquals(4, config.parallel());
  }

  private static AgentConfig read(Map<String, String> environment, String... arguments) {
    return new ConfigReader(environment, List.of(arguments))
        .read(AgentConfig.KEYS, AgentConfig::from);
  }
}
