package io.bpfman.operator.adapter.k8s.install;

import static io.bpfman.operator.adapter.k8s.install.InstallLab.CSI_DRIVER;
import static io.bpfman.operator.adapter.k8s.install.InstallLab.DAEMON_SET;
import static io.bpfman.operator.adapter.k8s.install.InstallLab.OWNED;
import static io.bpfman.operator.adapter.k8s.install.InstallLab.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Objects that are not as they should be, and an API server that refuses. */
@Tag("kube")
class ConfigTroubleIT {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  private static final String OTHER_RELEASE =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: bpfman-daemon, namespace: bpfman}
      spec:
        selector: {matchLabels: {name: %s}}
        template:
          metadata: {labels: {name: %s}}
          spec:
            initContainers:
            - {name: mount-bpffs, image: "old:1"}
            containers:
            - {name: bpfman, image: "old:1", volumeMounts: [{name: socket, mountPath: /s}]}
            volumes:
            - {name: socket, hostPath: {path: /run/s}}
      """;

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
    KUBE.kubectl("apply", "--server-side", "-k", InstallLab.directory("base"));
    lab.removeAll(OWNED);
  }

  @Test
  void aDaemonSetOfAnotherReleaseIsMadeAnew() {
    lab.admin.resource(OTHER_RELEASE.formatted("bpfman-daemon", "bpfman-daemon")).create();
    lab.bootstrap();
    lab.startOperator();
    lab.awaitApplied();
    var pod =
        lab.admin
            .apps()
            .daemonSets()
            .inNamespace("bpfman")
            .withName("bpfman-daemon")
            .get()
            .getSpec()
            .getTemplate()
            .getSpec();
    assertEquals(
        List.of("agent-state"),
        pod.getInitContainers().stream().map(container -> container.getName()).toList());
  }

  @Test
  void aSelectorThatCannotBeChangedIsReplacedWithItsDaemonSet() {
    lab.bootstrap();
    lab.startOperator();
    lab.awaitApplied();
    lab.stopOperator();
    lab.object(DAEMON_SET).delete();
    soon().until(() -> !lab.isThere(DAEMON_SET));
    lab.admin
        .resource(OTHER_RELEASE.formatted("elsewhere", "elsewhere"))
        .fieldManager("bpfman-operator")
        .serverSideApply();
    lab.startOperator();
    soon()
        .until(
            () -> {
              GenericKubernetesResource set = lab.object(DAEMON_SET).get();
              return set != null
                  && "bpfman-daemon".equals(set.get("spec", "selector", "matchLabels", "name"));
            });
  }

  @Test
  void aDriverWithAnotherFixedFieldIsReplaced() {
    lab.admin
        .resource(
            "apiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: {name: csi.bpfman.io}\nspec: {attachRequired: true}\n")
        .create();
    lab.bootstrap();
    lab.startOperator();
    lab.awaitApplied();
    assertEquals(false, lab.object(CSI_DRIVER).get().get("spec", "attachRequired"));
  }

  @Test
  void anObjectOfAnotherControllerIsLeftAloneAndNamed() {
    lab.admin.resource(OTHER_RELEASE.formatted("x", "x")).create();
    lab.editDaemonSet(
        set ->
            set.getMetadata()
                .setOwnerReferences(
                    List.of(
                        new OwnerReferenceBuilder()
                            .withApiVersion("v1")
                            .withKind("ConfigMap")
                            .withName("kube-root-ca.crt")
                            .withUid(
                                lab.admin
                                    .configMaps()
                                    .inNamespace("bpfman")
                                    .withName("kube-root-ca.crt")
                                    .get()
                                    .getMetadata()
                                    .getUid())
                            .withController(true)
                            .build())));
    lab.bootstrap();
    lab.startOperator();
    String words = lab.awaitFailure("ForeignController");
    assertTrue(words.contains("controlled by ConfigMap kube-root-ca.crt"), words);
    assertTrue(lab.isThere(CSI_DRIVER), "one object that fails stops no other");
  }

  @Test
  void aNamespaceThatTheOperatorMayNotUseIsToldWithTheServersWords() {
    lab.bootstrap();
    lab.editConfig(config -> config.getSpec().setNamespace("nowhere"));
    lab.startOperator();
    String words = lab.awaitFailure("Forbidden");
    assertTrue(words.contains("nowhere"), words);
    lab.editConfig(config -> config.getSpec().setNamespace("bpfman"));
    lab.awaitApplied();
  }

  @Test
  void rightsThatAreTakenAndGivenBackAreSurvived() {
    lab.bootstrap();
    KUBE.kubectl("-n", "bpfman", "delete", "rolebinding", "bpfman-operator-rolebinding");
    lab.startOperator();
    assertTrue(lab.awaitFailure("Forbidden").contains("configmaps"));
    KUBE.kubectl("apply", "--server-side", "-k", InstallLab.directory("base"));
    lab.awaitApplied();
    lab.awaitAll(OWNED);
  }

  @Test
  void aMissingKindStopsTheDefaultWithAWayOutAndTheControllerWaits() {
    KUBE.kubectl("delete", "crd", "configs.bpfman.io");
    try {
      lab.startOperator();
      BpfmanException refused = assertThrows(BpfmanException.class, () -> lab.bootstrap());
      assertTrue(refused.getMessage().contains("apply k8s/crd"), refused.getMessage());
      assertFalse(lab.isThere(DAEMON_SET));
    } finally {
      KUBE.kubectl("apply", "--server-side", "-k", InstallLab.directory("base"));
      KUBE.kubectl("wait", "--for=condition=Established", "crd/configs.bpfman.io");
    }
    soon().ignoreExceptions().until(() -> lab.bootstrap());
    lab.awaitAll(OWNED);
  }

  @Test
  void theOlderConfigMapIsTheSourceWhereThereIsNoConfig() {
    lab.admin
        .resource(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: bpfman-config, namespace: bpfman}
            data:
              bpfman.image: d:5
              bpfman.agent.image: a:5
              bpfman.agent.healthprobe.addr: ":9001"
              bpfman.agent.metric.addr: ":9002"
            """)
        .create();
    assertFalse(lab.bootstrap(), "the ConfigMap decides");
    lab.startOperator();
    lab.awaitAll(List.of(DAEMON_SET, CSI_DRIVER));
    String set = lab.admin.getKubernetesSerialization().asYaml(lab.object(DAEMON_SET).get());
    assertTrue(set.contains("d:5") && set.contains("a:5"), set);
    assertTrue(set.contains(":9001") && set.contains(":9002"), set);
    lab.admin
        .configMaps()
        .inNamespace("bpfman")
        .withName("bpfman-config")
        .edit(
            map -> {
              map.setData(Map.of("bpfman.image", "d:6"));
              return map;
            });
    soon()
        .until(
            () ->
                lab.admin
                    .getKubernetesSerialization()
                    .asYaml(lab.object(DAEMON_SET).get())
                    .contains("d:6"));
    lab.admin.configMaps().inNamespace("bpfman").withName("bpfman-config").delete();
    lab.awaitNone(List.of(DAEMON_SET, CSI_DRIVER));
  }
}
