package io.bpfman.operator.adapter.k8s.install;

import static io.bpfman.operator.adapter.k8s.install.InstallLab.OWNED;
import static io.bpfman.operator.adapter.k8s.install.InstallLab.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bpfman.operator.core.install.ObjectRef;
import io.bpfman.testkit.kube.KubeServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Prometheus Operator and OpenShift, as the kinds that they bring, installed under way. */
@Tag("kube")
class PlatformsIT {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  private static final String KIND =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: %2$s.%1$s
        annotations: {api-approved.kubernetes.io: "https://example.com/test"}
      spec:
        group: %1$s
        names: {kind: %3$s, plural: %2$s, singular: %4$s}
        scope: %5$s
        versions:
        - name: v1
          served: true
          storage: true
          schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """;
  private static final List<ObjectRef> MONITORING =
      List.of(
          inNamespace("v1", "Service", "bpfman-agent-metrics-service"),
          inNamespace("v1", "Service", "bpfman-controller-manager-metrics-service"),
          inNamespace("monitoring.coreos.com/v1", "ServiceMonitor", "bpfman-agent-metrics-monitor"),
          inNamespace(
              "monitoring.coreos.com/v1",
              "ServiceMonitor",
              "bpfman-controller-manager-metrics-monitor"));
  private static final List<ObjectRef> OPEN_SHIFT =
      List.of(
          new ObjectRef(
              "security.openshift.io/v1", "SecurityContextConstraints", null, "bpfman-restricted"),
          rbac("ClusterRoleBinding", null, "bpfman-privileged-scc"),
          rbac("ClusterRole", null, "bpfman-user"),
          rbac("ClusterRoleBinding", null, "bpfman-prometheus-metrics-reader"),
          rbac("Role", "bpfman", "bpfman-prometheus-k8s"),
          rbac("RoleBinding", "bpfman", "bpfman-prometheus-k8s"));

  private static InstallLab lab;

  @BeforeAll
  static void install() {
    lab = InstallLab.install(KUBE, "overlays/openshift");
  }

  @AfterAll
  static void disconnect() {
    lab.close();
  }

  @AfterEach
  void removeAll() {
    List<ObjectRef> all = new ArrayList<>(OWNED);
    all.addAll(MONITORING);
    all.addAll(OPEN_SHIFT);
    lab.removeAll(all);
    for (String crd :
        List.of(
            "servicemonitors.monitoring.coreos.com",
            "routes.route.openshift.io",
            "securitycontextconstraints.security.openshift.io")) {
      KUBE.kubectl("delete", "crd", crd, "--ignore-not-found");
    }
  }

  private static ObjectRef inNamespace(String apiVersion, String kind, String name) {
    return new ObjectRef(apiVersion, kind, "bpfman", name);
  }

  private static ObjectRef rbac(String kind, String namespace, String name) {
    return new ObjectRef("rbac.authorization.k8s.io/v1", kind, namespace, name);
  }

  private static void addKind(String group, String plural, String kind, String scope) {
    String singular = kind.toLowerCase(java.util.Locale.ROOT);
    lab.admin.resource(KIND.formatted(group, plural, kind, singular, scope)).create();
    KUBE.kubectl("wait", "--for=condition=Established", "crd/" + plural + "." + group);
  }

  @Test
  void monitoringThatIsInstalledLaterIsFoundAndRepaired() {
    lab.bootstrap();
    lab.startOperator();
    lab.awaitApplied();
    assertFalse(lab.isThere(MONITORING.getFirst()));
    addKind("monitoring.coreos.com", "servicemonitors", "ServiceMonitor", "Namespaced");
    lab.awaitAll(MONITORING);
    lab.awaitApplied();
    MONITORING.forEach(object -> lab.object(object).delete());
    lab.awaitAll(MONITORING);
    lab.admin
        .services()
        .inNamespace("bpfman")
        .withName("bpfman-controller-manager-metrics-service")
        .edit(
            service -> {
              service.getSpec().getSelector().put("control-plane", "nobody");
              return service;
            });
    soon()
        .until(
            () ->
                "controller-manager"
                    .equals(
                        lab.object(MONITORING.get(1))
                            .get()
                            .get("spec", "selector", "control-plane")));
    lab.config().delete();
    lab.awaitNone(MONITORING);
  }

  @Test
  void openShiftGetsItsObjectsWithTheRightsOfItsOverlay() {
    addKind("route.openshift.io", "routes", "Route", "Namespaced");
    addKind(
        "security.openshift.io",
        "securitycontextconstraints",
        "SecurityContextConstraints",
        "Cluster");
    addKind("monitoring.coreos.com", "servicemonitors", "ServiceMonitor", "Namespaced");
    lab.bootstrap();
    lab.startOperator();
    lab.awaitApplied();
    lab.awaitAll(OPEN_SHIFT);
    assertEquals(
        "true",
        lab.admin
            .namespaces()
            .withName("bpfman")
            .get()
            .getMetadata()
            .getLabels()
            .get("openshift.io/cluster-monitoring"));
    OPEN_SHIFT.forEach(object -> lab.object(object).delete());
    lab.awaitAll(OPEN_SHIFT);
    lab.config().delete();
    lab.awaitNone(OPEN_SHIFT);
  }

  @Test
  void aRoleThatABindingMayNotChangeIsReplacedWithIt() {
    addKind("route.openshift.io", "routes", "Route", "Namespaced");
    addKind(
        "security.openshift.io",
        "securitycontextconstraints",
        "SecurityContextConstraints",
        "Cluster");
    KUBE.kubectl("create", "clusterrolebinding", "bpfman-privileged-scc", "--clusterrole=view");
    lab.bootstrap();
    lab.startOperator();
    lab.awaitApplied();
    assertEquals(
        "system:openshift:scc:privileged",
        lab.object(OPEN_SHIFT.get(1)).get().get("roleRef", "name"));
  }
}
