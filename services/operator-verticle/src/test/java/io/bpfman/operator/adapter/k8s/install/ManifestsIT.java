package io.bpfman.operator.adapter.k8s.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of k8s, and what they allow to whom. */
@Tag("kube")
class ManifestsIT {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  private static InstallLab lab;
  private static Map<String, KubernetesClient> accounts;

  @BeforeAll
  static void install() {
    lab = InstallLab.install(KUBE, "base");
    KUBE.kubectl(
        "delete",
        "--ignore-not-found",
        "clusterrolebinding/bpfman-operator-openshift",
        "clusterrole/bpfman-operator-openshift");
    KUBE.kubectl(
        "-n", "bpfman", "delete", "--ignore-not-found", "rolebinding/bpfman-operator-openshift");
    accounts = Map.of("operator", lab.as("bpfman-operator"), "daemon", lab.as("bpfman-daemon"));
  }

  @AfterAll
  static void disconnect() {
    accounts.values().forEach(KubernetesClient::close);
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/kind", "overlays/openshift"})
  void everyObjectIsAcceptedWithoutAWarning(String directory) {
    String said =
        KUBE.kubectl(
            "apply",
            "--server-side",
            "--force-conflicts",
            "--dry-run=server",
            "--validate=strict",
            "--warnings-as-errors",
            "-k",
            InstallLab.directory(directory));
    assertTrue(said.contains("deployment.apps/bpfman-operator"), said);
  }

  /** It ends with 1, which fails, when anything differs. */
  @Test
  void nothingDiffersFromTheClusterAfterApplying() {
    String said = KUBE.kubectl("diff", "--server-side", "-k", InstallLab.directory("base"));
    assertEquals("", said.strip());
  }

  @Test
  void theComponentForPrometheusAddsItsBinding(@TempDir Path outside) throws IOException {
    String said = applyWith("components/prometheus", outside, "--dry-run=server");
    assertTrue(
        said.contains("clusterrolebinding.rbac.authorization.k8s.io/bpfman-metrics-reader"), said);
  }

  private static String applyWith(String component, Path outside, String flag) throws IOException {
    Path real = outside.toRealPath();
    Files.writeString(
        real.resolve("kustomization.yaml"),
        "resources: [%1$s/base]\ncomponents: [%1$s/%2$s]\n"
            .formatted(real.relativize(InstallLab.ROOT.toRealPath().resolve("k8s")), component));
    return KUBE.kubectl(
        "apply",
        "--server-side",
        "--force-conflicts",
        "--warnings-as-errors",
        flag,
        "-k",
        real.toString());
  }

  @Test
  void theOperatorIsWhereToolsLookForIt() {
    var deployment =
        lab.admin.apps().deployments().inNamespace("bpfman").withName("bpfman-operator").get();
    assertEquals(
        "bpfman-operator",
        deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getName());
    assertEquals(
        "controller-manager",
        deployment.getSpec().getTemplate().getMetadata().getLabels().get("control-plane"));
  }

  @ParameterizedTest
  @CsvSource({
    // who, verb, group, resource, namespace, name, may
    "operator, get,    '',        secrets,     default, any, true",
    "operator, list,   '',        secrets,     default, '', false",
    "operator, list,   '',        secrets,     bpfman, '', false",
    "operator, watch,  '',        secrets,     '', '', false",
    "operator, create, '',        secrets,     bpfman, '', true",
    "operator, create, '',        secrets,     default, '', false",
    "operator, update, '',        secrets,     bpfman, bpfman-webhook-cert, true",
    "operator, update, '',        secrets,     bpfman, other, false",
    "operator, delete, '',        secrets,     bpfman, other, false",
    "operator, patch,  apps,      daemonsets,  bpfman, bpfman-daemon, true",
    "operator, patch,  apps,      daemonsets,  bpfman, other, false",
    "operator, patch,  apps,      daemonsets,  default, bpfman-daemon, false",
    "operator, create, '',        pods,        bpfman, '', false",
    "operator, list,   '',        pods,        '', '', true",
    "operator, list,   '',        configmaps,  bpfman, '', false",
    "operator, patch,  '',        namespaces,  '', bpfman, true",
    "operator, patch,  '',        namespaces,  '', default, false",
    "operator, create, bpfman.io, configs,     '', '', true",
    "operator, delete, bpfman.io, configs,     '', bpfman-config, false",
    "operator, create, bpfman.io, clusterbpfapplicationstates, '', '', true",
    "operator, create, bpfman.io, clusterbpfapplications, '', '', false",
    "operator, delete, bpfman.io, clusterbpfapplications, '', any, false",
    "operator, update, coordination.k8s.io, leases, bpfman, 8730d955.bpfman.io, true",
    "operator, update, coordination.k8s.io, leases, kube-system, any, false",
    "operator, create, rbac.authorization.k8s.io, clusterrolebindings, '', '', false",
    "operator, escalate, rbac.authorization.k8s.io, clusterroles, '', '', false",
    "operator, impersonate, '',   users,       '', '', false",
    "operator, patch,  storage.k8s.io, csidrivers, '', csi.bpfman.io, true",
    "operator, patch,  storage.k8s.io, csidrivers, '', other, false",
    "daemon,   get,    '',        secrets,     bpfman, any, false",
    "daemon,   list,   '',        pods,        '', '', false",
    "daemon,   get,    '',        nodes,       '', any, false",
    "daemon,   get,    bpfman.io, clusterbpfapplications, '', any, false",
    "daemon,   update, bpfman.io, clusterbpfapplicationstates, '', any, false",
    "daemon,   create, '',        events,      bpfman, '', false"
  })
  void everyAccountMayWhatItMustAndNoMore(
      String who,
      String verb,
      String group,
      String resource,
      String namespace,
      String name,
      boolean may) {
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withVerb(verb)
            .withGroup(group)
            .withResource(resource)
            .withNamespace(namespace)
            .withName(name)
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer =
        Objects.requireNonNull(accounts.get(who))
            .authorization()
            .v1()
            .selfSubjectAccessReview()
            .create(review);
    assertEquals(may, answer.getStatus().getAllowed());
  }

  @Test
  void whoEditsANamespaceSeesTheApplicationsInItAndEditsThemOnlyWhenThatIsGiven(
      @TempDir Path outside) throws IOException {
    bind("edit");
    try {
      InstallLab.soon().until(() -> can("ann", "get", "bpfapplications.bpfman.io", "default"));
      assertFalse(can("ann", "create", "bpfapplications.bpfman.io", "default"));
      applyWith("components/tenants", outside, "--force-conflicts");
      InstallLab.soon().until(() -> can("ann", "create", "bpfapplications.bpfman.io", "default"));
      assertTrue(can("ann", "get", "bpfapplicationstates.bpfman.io", "default"));
      assertFalse(can("ann", "delete", "bpfapplicationstates.bpfman.io", "default"));
      assertFalse(can("ann", "create", "clusterbpfapplications.bpfman.io", "default"));
      assertFalse(can("ann", "get", "configs.bpfman.io", "default"));
    } finally {
      unbind("edit");
      KUBE.kubectl(
          "apply", "--server-side", "--force-conflicts", "-k", InstallLab.directory("base"));
    }
  }

  @Test
  void theRoleForApplicationsIsEnoughToEditThemInOneNamespace() {
    bind("bpfman-bpfapplication-editor-role");
    try {
      InstallLab.soon().until(() -> can("ann", "create", "bpfapplications.bpfman.io", "default"));
      assertFalse(can("ann", "create", "bpfapplications.bpfman.io", "bpfman"));
    } finally {
      unbind("bpfman-bpfapplication-editor-role");
    }
  }

  private static void bind(String role) {
    KUBE.kubectl(
        "-n", "default", "create", "rolebinding", role, "--clusterrole=" + role, "--user=ann");
  }

  private static void unbind(String role) {
    KUBE.kubectl("-n", "default", "delete", "rolebinding", role);
  }

  private static boolean can(String user, String verb, String resource, String namespace) {
    try {
      return KUBE.kubectl("auth", "can-i", verb, resource, "-n", namespace, "--as", user)
          .contains("yes");
    } catch (IllegalStateException e) {
      if (e.getMessage().contains("no")) {
        return false;
      }
      throw e;
    }
  }
}
