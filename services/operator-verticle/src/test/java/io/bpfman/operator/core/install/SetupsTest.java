package io.bpfman.operator.core.install;

import static io.bpfman.operator.core.install.InstallFixtures.SETTINGS;
import static io.bpfman.operator.core.install.InstallFixtures.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.ComponentOverride;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetupsTest {
  private static ConfigMap older(Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("bpfman-config")
        .withNamespace("bpfman")
        .withUid("uid-2")
        .endMetadata()
        .withData(new HashMap<>(data))
        .build();
  }

  @Test
  void aConfigWithoutNamespaceMeansThatOfTheOperator() {
    Config config = config();
    config.getSpec().setNamespace(null);
    assertEquals("bpfman", Setups.of(config, SETTINGS).namespace());
    config.getSpec().setNamespace("");
    assertEquals("bpfman", Setups.of(config, SETTINGS).namespace());
  }

  @Test
  void everyBrokenRuleOfAConfigIsNamed() {
    Config config = config();
    config.getSpec().getAgent().setImage("");
    config.getSpec().setConfiguration(null);
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> Setups.of(config, SETTINGS));
    assertEquals(FailureCode.CONFIGURATION_INVALID, refused.code());
    assertTrue(refused.getMessage().contains("spec.agent.image"), refused.getMessage());
    assertTrue(refused.getMessage().contains("spec.configuration"), refused.getMessage());
  }

  @Test
  void theOlderConfigMapSaysItAllWithItsKeys() {
    NodeSetup setup =
        Setups.of(
            older(
                Map.of(
                    "bpfman.agent.image", "a:5",
                    "bpfman.image", "d:5",
                    "bpfman.agent.log.level", "debug",
                    "bpfman.log.level", "trace",
                    "bpfman.agent.healthprobe.addr", "127.0.0.1:9001",
                    "bpfman.agent.metric.addr", ":9002",
                    "bpfman.toml", "[x]\n")),
            SETTINGS);
    assertEquals("a:5", setup.agent().getImage());
    assertEquals("d:5", setup.daemon().getImage());
    assertEquals("trace", setup.daemon().getLogLevel());
    assertEquals(new AgentAddresses("127.0.0.1:9001", ":9002"), setup.addresses());
    assertEquals(9001, setup.addresses().healthPort());
    assertEquals("127.0.0.1", setup.addresses().healthHost());
    assertFalse(setup.owner().isConfig());
  }

  @Test
  void keysThatTheOlderConfigMapLacksHaveTheirDefaults() {
    NodeSetup setup = Setups.of(older(Map.of("bpfman.image", "d:5")), SETTINGS);
    assertEquals("agent:1", setup.agent().getImage());
    assertEquals(new AgentAddresses(":8175", "127.0.0.1:8174"), setup.addresses());
    assertTrue(setup.toml().contains("max_retries = 30"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8175", ":0", ":65536", "host:", ":-1", "x"})
  void anAddressThatIsNoneIsRefusedByName(String address) {
    ConfigMap map = older(Map.of("bpfman.agent.healthprobe.addr", address));
    BpfmanException refused = assertThrows(BpfmanException.class, () -> Setups.of(map, SETTINGS));
    assertTrue(refused.getMessage().contains("health address \"" + address), refused.getMessage());
  }

  @Test
  void onlyAConfigMapWithItsImagesAndWithoutAConfigBehindItIsASource() {
    assertTrue(Setups.isSource(older(Map.of("bpfman.image", "d:5"))));
    assertFalse(Setups.isSource(older(Map.of("bpfman.toml", ""))));
    assertFalse(Setups.isSource(null));
    ConfigMap made = older(Map.of("bpfman.image", "d:5"));
    made.getMetadata().setOwnerReferences(List.of(SetupOwner.of(config(), "bpfman").reference()));
    assertFalse(Setups.isSource(made));
    ConfigMap going = older(Map.of("bpfman.image", "d:5"));
    going.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertFalse(Setups.isSource(going));
  }

  @ParameterizedTest
  @CsvSource({
    "apps/v1, DaemonSet, bpfman, true, true",
    "apps/v1beta1, DaemonSet, bpfman, true, true",
    "v1, DaemonSet, bpfman, true, false",
    "apps/v1, DaemonSet, other, true, false",
    "apps/v1, DaemonSet, bpfman, false, false",
    "apps/v1, Deployment, bpfman, true, false"
  })
  void anOverrideNamesKindGroupNamespaceAndNameButNoVersion(
      String apiVersion, String kind, String namespace, boolean unmanaged, boolean leaves) {
    ComponentOverride override = new ComponentOverride();
    override.setApiVersion(apiVersion);
    override.setKind(kind);
    override.setNamespace(namespace);
    override.setName("bpfman-daemon");
    override.setUnmanaged(unmanaged);
    assertEquals(
        leaves,
        Overrides.leaves(
            List.of(override), new ObjectRef("apps/v1", "DaemonSet", "bpfman", "bpfman-daemon")));
  }

  @Test
  void theDefaultAsYamlHasTheExactText() {
    String yaml = DefaultConfig.yaml(SETTINGS);
    Config read = Trees.parse(yaml, Config.class);
    assertEquals(DefaultConfig.CONFIGURATION, read.getSpec().getConfiguration());
    assertEquals("bpfman-config", read.getMetadata().getName());
    assertNull(read.getStatus());
    assertFalse(yaml.contains("status"), yaml);
  }
}
