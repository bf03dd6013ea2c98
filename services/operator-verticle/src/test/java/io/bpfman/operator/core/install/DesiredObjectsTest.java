package io.bpfman.operator.core.install;

import static io.bpfman.operator.core.install.InstallFixtures.EVERYTHING;
import static io.bpfman.operator.core.install.InstallFixtures.PLAIN;
import static io.bpfman.operator.core.install.InstallFixtures.SETTINGS;
import static io.bpfman.operator.core.install.InstallFixtures.config;
import static io.bpfman.operator.core.install.InstallFixtures.object;
import static io.bpfman.operator.core.install.InstallFixtures.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.Config;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DesiredObjectsTest {
  private static DaemonSet daemonSet(Config config, Platform platform) {
    AgentAddresses addresses = new AgentAddresses(":8175", "127.0.0.1:8174");
    assertEquals(
        "bpfman-daemon",
        object(objects(config, platform), "DaemonSet", "bpfman-daemon").getMetadata().getName());
    return NodeDaemonSet.of(Setups.of(config, SETTINGS), SETTINGS, addresses);
  }

  private static Container container(DaemonSet set, String name) {
    return set.getSpec().getTemplate().getSpec().getContainers().stream()
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String env(Container container, String name) {
    return container.getEnv().stream()
        .filter(variable -> variable.getName().equals(name))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Platform platform) {
    return objects(config(), platform).stream()
        .map(ObjectRef::of)
        .map(ObjectRef::toString)
        .toList();
  }

  @Test
  void aPlainClusterGetsFourObjects() {
    assertEquals(
        List.of(
            "Namespace bpfman",
            "ConfigMap bpfman/bpfman-config",
            "CSIDriver csi.bpfman.io",
            "DaemonSet bpfman/bpfman-daemon"),
        names(PLAIN));
  }

  @Test
  void openShiftWithMonitoringGetsAllByTheirNames() {
    assertTrue(
        names(EVERYTHING)
            .containsAll(
                List.of(
                    "SecurityContextConstraints bpfman-restricted",
                    "ClusterRoleBinding bpfman-privileged-scc",
                    "ClusterRole bpfman-user",
                    "ClusterRoleBinding bpfman-prometheus-metrics-reader",
                    "Role bpfman/bpfman-prometheus-k8s",
                    "RoleBinding bpfman/bpfman-prometheus-k8s",
                    "Service bpfman/bpfman-agent-metrics-service",
                    "Service bpfman/bpfman-controller-manager-metrics-service",
                    "ServiceMonitor bpfman/bpfman-agent-metrics-monitor",
                    "ServiceMonitor bpfman/bpfman-controller-manager-metrics-monitor")));
  }

  @Test
  void onlyTheDaemonIsPrivilegedAndNothingHasAToken() {
    var pod = daemonSet(config(), PLAIN).getSpec().getTemplate().getSpec();
    List<String> privileged =
        Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
            .filter(container -> container.getSecurityContext().getPrivileged())
            .map(Container::getName)
            .toList();
    assertEquals(List.of("bpfman"), privileged);
    assertFalse(pod.getAutomountServiceAccountToken());
  }

  @Test
  void everyMountHasItsVolumeAndEveryVolumeItsMount() {
    var pod = daemonSet(config(), PLAIN).getSpec().getTemplate().getSpec();
    List<String> volumes = pod.getVolumes().stream().map(v -> v.getName()).sorted().toList();
    List<String> mounts =
        Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
            .flatMap(container -> container.getVolumeMounts().stream())
            .map(mount -> mount.getName())
            .distinct()
            .sorted()
            .toList();
    assertEquals(volumes, mounts);
  }

  @Test
  void theRegistrarIsThereOnlyWhenAskedFor() {
    assertEquals(
        List.of("bpfman", "bpfman-agent"),
        daemonSet(config(), PLAIN).getSpec().getTemplate().getSpec().getContainers().stream()
            .map(Container::getName)
            .toList());
  }

  @Test
  void imagesLevelsAndAddressesAreThoseOfTheConfig() {
    Config config = config();
    config.getSpec().getAgent().setLogLevel("debug");
    config.getSpec().getDaemon().setLogLevel("bpfman=TRACE,info");
    config.getSpec().getDaemon().setCsiRegistrarImage("registrar:2");
    DaemonSet set = daemonSet(config, PLAIN);
    assertEquals("daemon:1", container(set, "bpfman").getImage());
    assertEquals("agent:1", container(set, "bpfman-agent").getImage());
    assertEquals("registrar:2", container(set, "node-driver-registrar").getImage());
    assertEquals("trace", env(container(set, "bpfman"), "BPFMAN_LOG"));
    assertEquals("debug", env(container(set, "bpfman-agent"), "BPFMAN_LOG"));
    assertEquals(
        "bpfman=TRACE,info",
        set.getSpec()
            .getTemplate()
            .getMetadata()
            .getAnnotations()
            .get("bpfman.io.bpfman.log.level"));
  }

  @Test
  void placementAndResourcesReplaceThoseOfTheTemplate() {
    Config config = config();
    config
        .getSpec()
        .getDaemon()
        .setTolerations(List.of(new Toleration(null, null, "Exists", null, null)));
    config.getSpec().getDaemon().setNodeSelector(Map.of());
    config
        .getSpec()
        .getDaemon()
        .setResources(
            new ResourceRequirementsBuilder().addToLimits("memory", new Quantity("1Gi")).build());
    DaemonSet set = daemonSet(config, PLAIN);
    assertEquals(1, set.getSpec().getTemplate().getSpec().getTolerations().size());
    assertEquals(Map.of(), set.getSpec().getTemplate().getSpec().getNodeSelector());
    assertEquals(
        new Quantity("1Gi"), container(set, "bpfman").getResources().getLimits().get("memory"));
    assertEquals(
        new Quantity("256Mi"),
        container(set, "bpfman-agent").getResources().getLimits().get("memory"));
  }

  @Test
  void thePullPolicyIsThatOfTheOperatorForEveryContainer() {
    InstallSettings settings =
        InstallSettings.of("bpfman", new InstallSettings.Images("d:1", "a:1", "Never"));
    DaemonSet set =
        NodeDaemonSet.of(
            Setups.of(config(), settings), settings, new AgentAddresses(":8175", ":8174"));
    assertTrue(
        set.getSpec().getTemplate().getSpec().getContainers().stream()
            .allMatch(container -> Objects.equals(container.getImagePullPolicy(), "Never")));
  }

  @Test
  void metricsLeaveTheLoopbackOnlyWhereSomebodyCollectsThem() {
    var plain = object(objects(config(), PLAIN), "DaemonSet", "bpfman-daemon");
    var monitored = object(objects(config(), EVERYTHING), "DaemonSet", "bpfman-daemon");
    assertTrue(Trees.text(plain).contains("127.0.0.1:8174"));
    assertFalse(Trees.text(monitored).contains("127.0.0.1:8174"));
  }

  @Test
  void theDigestIsStableAndChangesWithTheContent() {
    String first = digest(config());
    assertEquals(first, digest(config()));
    Config changed = config();
    changed.getSpec().getDaemon().setPriorityClassName("x");
    assertNotEquals(first, digest(changed));
  }

  private static String digest(Config config) {
    return object(objects(config, PLAIN), "DaemonSet", "bpfman-daemon")
        .getMetadata()
        .getAnnotations()
        .get(Stamps.APPLIED);
  }

  @Test
  void theNamespaceIsNeverOwned() {
    assertEquals(
        List.of(),
        object(objects(config(), EVERYTHING), "Namespace", "bpfman")
            .getMetadata()
            .getOwnerReferences());
  }

  @Test
  void theBindingNamesTheNamespaceOfTheConfig() {
    Config config = config();
    config.getSpec().setNamespace("other");
    Map<String, Object> subject =
        object(objects(config, EVERYTHING), "ClusterRoleBinding", "bpfman-privileged-scc")
            .get("subjects", 0);
    assertEquals("other", subject.get("namespace"));
    assertEquals("bpfman-daemon", subject.get("name"));
  }
}
