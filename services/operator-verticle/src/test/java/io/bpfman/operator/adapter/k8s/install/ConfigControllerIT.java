package io.bpfman.operator.adapter.k8s.install;

import static io.bpfman.operator.adapter.k8s.install.InstallLab.CONFIG_MAP;
import static io.bpfman.operator.adapter.k8s.install.InstallLab.CSI_DRIVER;
import static io.bpfman.operator.adapter.k8s.install.InstallLab.DAEMON_SET;
import static io.bpfman.operator.adapter.k8s.install.InstallLab.OWNED;
import static io.bpfman.operator.adapter.k8s.install.InstallLab.soon;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.ComponentOverride;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.operator.core.install.DefaultConfig;
import io.bpfman.operator.core.install.ObjectRef;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All with the token of the operator's ServiceAccount, so with what k8s/base allows and no more.
 */
@Tag("kube")
class ConfigControllerIT {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  private static InstallLab lab;

  @BeforeAll
  static void install() {
    lab = InstallLab.install(KUBE, "base");
  }

  @AfterAll
  static void disconnect() {
    lab.close();
  }

  @AfterEach
  void removeAll() {
    lab.removeAll(OWNED);
  }

  private static void running() {
    lab.bootstrap();
    lab.startOperator();
    lab.awaitAll(OWNED);
    lab.awaitApplied();
  }

  private static DaemonSet daemonSet() {
    return lab.admin.apps().daemonSets().inNamespace("bpfman").withName("bpfman-daemon").get();
  }

  private static String image(String container) {
    return daemonSet().getSpec().getTemplate().getSpec().getContainers().stream()
        .filter(found -> found.getName().equals(container))
        .findFirst()
        .orElseThrow()
        .getImage();
  }

  @Test
  void theDefaultConfigIsMadeOnceWordForWord() {
    assertTrue(lab.bootstrap());
    assertFalse(lab.bootstrap());
    Config config = lab.config().get();
    assertEquals(
        "[database]\nmax_retries = 30\nmillisec_delay = 10000\n"
            + "[signing]\nallow_unsigned = true\nverify_enabled = true\n",
        config.getSpec().getConfiguration());
    assertEquals("bpfman", config.getSpec().getNamespace());
    assertEquals(8175, config.getSpec().getAgent().getHealthProbePort());
    assertEquals("quay.io/bpfman/bpfman:latest", config.getSpec().getDaemon().getImage());
  }

  @Test
  void theDefaultConfigAsYamlIsWhatKubectlAccepts() {
    lab.admin.resource(DefaultConfig.yaml(InstallLab.SETTINGS)).create();
    assertEquals("info", lab.config().get().getSpec().getDaemon().getLogLevel());
  }

  @Test
  void everyObjectIsMadeAndOwnedByTheConfig() {
    running();
    String uid = lab.config().get().getMetadata().getUid();
    for (ObjectRef object : OWNED) {
      List<OwnerReference> owners = lab.object(object).get().getMetadata().getOwnerReferences();
      assertEquals(1, owners.size(), object.toString());
      assertEquals(uid, owners.getFirst().getUid());
      assertTrue(owners.getFirst().getController());
    }
    assertEquals(
        Map.of(
            "bpfman.toml", DefaultConfig.CONFIGURATION,
            "bpfman.log.level", "info",
            "bpfman.agent.log.level", "info"),
        lab.object(CONFIG_MAP).get().get("data"));
    soon().until(() -> lab.condition("Available").isPresent());
    assertEquals(
        lab.config().get().getMetadata().getGeneration(),
        lab.config().get().getStatus().getObservedGeneration());
  }

  @Test
  void eventsTellWhatWasMade() {
    running();
    soon()
        .until(
            () ->
                lab.admin.v1().events().inNamespace("default").list().getItems().stream()
                    .filter(event -> event.getInvolvedObject().getName().equals("bpfman-config"))
                    .map(Event::getMessage)
                    .collect(Collectors.toSet())
                    .containsAll(
                        List.of(
                            "DaemonSet bpfman/bpfman-daemon was created",
                            "CSIDriver csi.bpfman.io was created")));
  }

  @Test
  void whatIsDeletedComesBack() {
    running();
    for (ObjectRef object : OWNED) {
      String uid = lab.object(object).get().getMetadata().getUid();
      lab.object(object).delete();
      soon()
          .until(
              () -> {
                GenericKubernetesResource now = lab.object(object).get();
                return now != null && !now.getMetadata().getUid().equals(uid);
              });
    }
  }

  @Test
  void driftIsRepairedAndWhatOthersAddedStays() {
    running();
    lab.editDaemonSet(
        set -> {
          set.getMetadata().getLabels().put("team", "net");
          set.getMetadata().getAnnotations().put("note", "ours");
          set.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("evil:1");
          set.getSpec().getTemplate().getSpec().setHostNetwork(false);
        });
    soon().until(() -> image("bpfman").equals("quay.io/bpfman/bpfman:latest"));
    assertTrue(daemonSet().getSpec().getTemplate().getSpec().getHostNetwork());
    assertEquals("net", daemonSet().getMetadata().getLabels().get("team"));
    assertEquals("ours", daemonSet().getMetadata().getAnnotations().get("note"));
    lab.admin
        .configMaps()
        .inNamespace("bpfman")
        .withName("bpfman-config")
        .edit(
            map -> {
              map.getData().put("bpfman.toml", "[broken");
              map.getData().remove("bpfman.log.level");
              map.getMetadata().setOwnerReferences(List.of());
              return map;
            });
    soon()
        .until(
            () -> {
              var map =
                  lab.admin.configMaps().inNamespace("bpfman").withName("bpfman-config").get();
              return map.getData().get("bpfman.toml").equals(DefaultConfig.CONFIGURATION)
                  && map.getData().containsKey("bpfman.log.level")
                  && map.getMetadata().getOwnerReferences().size() == 1;
            });
  }

  @Test
  void nothingIsWrittenWhereNothingDiffers() {
    running();
    soon()
        .until(
            () ->
                lab.condition("Available").map(c -> c.getReason().equals("NoNodes")).orElse(false));
    Map<ObjectRef, String> before =
        List.of(DAEMON_SET, CSI_DRIVER).stream().collect(Collectors.toMap(o -> o, lab::version));
    String config = lab.config().get().getMetadata().getResourceVersion();
    String namespace =
        lab.admin.namespaces().withName("bpfman").get().getMetadata().getResourceVersion();
    // Each proves that the controller looked at everything once more.
    for (int i = 0; i < 3; i++) {
      lab.object(CONFIG_MAP).delete();
      soon().until(() -> lab.isThere(CONFIG_MAP));
    }
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .until(
            () ->
                before.entrySet().stream()
                        .allMatch(entry -> lab.version(entry.getKey()).equals(entry.getValue()))
                    && lab.config().get().getMetadata().getResourceVersion().equals(config));
    assertEquals(
        namespace,
        lab.admin.namespaces().withName("bpfman").get().getMetadata().getResourceVersion());
  }

  @Test
  void aChangedConfigRollsThePodsAndWhatIsTakenOutGoes() {
    running();
    Long generation = daemonSet().getMetadata().getGeneration();
    lab.editConfig(
        config -> {
          config.getSpec().getDaemon().setImage("quay.io/bpfman/bpfman:v9");
          config.getSpec().getDaemon().setPriorityClassName("system-node-critical");
          config.getSpec().getDaemon().setNodeSelector(Map.of("ebpf", "yes"));
          config.getSpec().getAgent().setHealthProbePort(9999);
        });
    soon().until(() -> image("bpfman").equals("quay.io/bpfman/bpfman:v9"));
    assertTrue(daemonSet().getMetadata().getGeneration() > generation);
    var pod = daemonSet().getSpec().getTemplate().getSpec();
    assertEquals(Map.of("ebpf", "yes"), pod.getNodeSelector());
    assertEquals("system-node-critical", pod.getPriorityClassName());
    lab.editConfig(
        config -> {
          config.getSpec().getDaemon().setPriorityClassName(null);
          config.getSpec().getDaemon().setNodeSelector(null);
        });
    soon()
        .until(() -> daemonSet().getSpec().getTemplate().getSpec().getPriorityClassName() == null);
    assertEquals(
        Map.of("kubernetes.io/os", "linux"),
        daemonSet().getSpec().getTemplate().getSpec().getNodeSelector());
  }

  @Test
  void anObjectOfAnOverrideIsLeftAlone() {
    lab.bootstrap();
    lab.editConfig(
        config -> config.getSpec().setOverrides(List.of(override("storage.k8s.io/v1beta1"))));
    lab.startOperator();
    lab.awaitApplied();
    assertFalse(lab.isThere(CSI_DRIVER));
    assertTrue(lab.condition("Applied").orElseThrow().getMessage().contains("1 are left"));
    lab.editConfig(config -> config.getSpec().setOverrides(List.of()));
    soon().until(() -> lab.isThere(CSI_DRIVER));
  }

  private static ComponentOverride override(String apiVersion) {
    ComponentOverride override = new ComponentOverride();
    override.setApiVersion(apiVersion);
    override.setKind("CSIDriver");
    override.setNamespace("");
    override.setName("csi.bpfman.io");
    override.setUnmanaged(true);
    return override;
  }

  @Test
  void aConfigGoesAtOnceAndTakesEverythingWithItEvenWhenTheDaemonSetIsStuck() {
    running();
    lab.editDaemonSet(
        set -> {
          set.getMetadata().setFinalizers(List.of("example.com/stuck"));
        });
    lab.editConfig(
        config -> config.getMetadata().setFinalizers(List.of("bpfman.io/config-finalizer")));
    lab.config().delete();
    soon().until(() -> lab.config().get() == null);
    lab.awaitNone(List.of(CONFIG_MAP, CSI_DRIVER));
    assertTrue(lab.isThere(DAEMON_SET));
    lab.editDaemonSet(
        set -> {
          set.getMetadata().setFinalizers(List.of());
        });
    lab.awaitNone(OWNED);
  }

  @Test
  void aNewConfigAdoptsWhatTheOldOneLeftBehind() {
    running();
    String uid = lab.object(DAEMON_SET).get().getMetadata().getUid();
    lab.stopOperator();
    lab.config()
        .withPropagationPolicy(io.fabric8.kubernetes.api.model.DeletionPropagation.ORPHAN)
        .delete();
    soon().until(() -> lab.config().get() == null);
    running();
    assertEquals(uid, lab.object(DAEMON_SET).get().getMetadata().getUid());
    assertEquals(1, lab.object(DAEMON_SET).get().getMetadata().getOwnerReferences().size());
  }
}
