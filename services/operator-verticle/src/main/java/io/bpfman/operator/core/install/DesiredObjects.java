package io.bpfman.operator.core.install;

import io.bpfman.api.v1alpha1.ApiNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every object that a setup asks for, in the order in which they are made. */
public final class DesiredObjects {
  /** Label of everything that the operator makes. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Its pods run on the nodes. */
  public static final String DAEMON_SET = "bpfman-daemon";

  public static final String OPERATOR = "bpfman-operator";
  private static final String POD_SECURITY = "pod-security.kubernetes.io/";

  private final NodeSetup setup;
  private final InstallSettings settings;
  private final Platform platform;
  private final List<GenericKubernetesResource> objects = new ArrayList<>();

  private DesiredObjects(NodeSetup setup, InstallSettings settings, Platform platform) {
    this.setup = setup;
    this.settings = settings;
    this.platform = platform;
  }

  /** Also those that an override leaves to their user. */
  public static List<GenericKubernetesResource> of(
      NodeSetup setup, InstallSettings settings, Platform platform) {
    DesiredObjects desired = new DesiredObjects(setup, settings, platform);
    desired.collect();
    return List.copyOf(desired.objects);
  }

  /** What has no namespace, and so is not collected with an owner that has one. */
  public static List<ObjectRef> clusterObjects(Platform platform) {
    List<String> files =
        platform.openShift()
            ? List.of(
                "csi-driver.yaml",
                "security-context-constraints.yaml",
                "privileged-binding.yaml",
                "user-role.yaml",
                "prometheus-reader-binding.yaml")
            : List.of("csi-driver.yaml");
    return files.stream().map(Trees::template).map(ObjectRef::of).toList();
  }

  /** Whether the operator made it for an owner that has a namespace. */
  public static boolean isUnowned(GenericKubernetesResource object) {
    return OPERATOR.equals(object.getMetadata().getLabels().get(MANAGED_BY))
        && object.getMetadata().getOwnerReferences().isEmpty();
  }

  private void collect() {
    objects.add(Stamps.stamped(Trees.generic(namespace()), null));
    if (setup.owner().isConfig()) {
      beside(Trees.generic(configMap()));
    }
    everywhere("csi-driver.yaml");
    if (platform.openShift()) {
      openShift();
    }
    beside(Trees.generic(NodeDaemonSet.of(setup, settings, addresses())));
    if (platform.monitoring()) {
      monitoring();
    }
  }

  private void openShift() {
    everywhere("security-context-constraints.yaml");
    everywhere(privilegedBinding());
    everywhere("user-role.yaml");
    if (platform.monitoring()) {
      beside(Trees.template("prometheus-role.yaml"));
      beside(Trees.template("prometheus-role-binding.yaml"));
      everywhere("prometheus-reader-binding.yaml");
    }
  }

  private void monitoring() {
    beside(Trees.template("agent-service.yaml"));
    beside(Trees.template("controller-service.yaml"));
    beside(Trees.template("agent-monitor.yaml"));
    beside(Trees.template("controller-monitor.yaml"));
  }

  /** Nobody could collect metrics from the loopback of a node. */
  private AgentAddresses addresses() {
    AgentAddresses configured = setup.addresses();
    return platform.monitoring() && configured.metrics().equals(AgentAddresses.METRICS)
        ? new AgentAddresses(configured.health(), ":" + AgentAddresses.METRICS_PORT)
        : configured;
  }

  /** Its only subject is the ServiceAccount of the DaemonSet. */
  private GenericKubernetesResource privilegedBinding() {
    GenericKubernetesResource binding = Trees.template("privileged-binding.yaml");
    Map<String, Object> subject = new HashMap<>(binding.<Map<String, Object>>get("subjects", 0));
    subject.put("namespace", setup.namespace());
    binding.setAdditionalProperty("subjects", List.of(subject));
    return binding;
  }

  private void beside(GenericKubernetesResource object) {
    object.getMetadata().setNamespace(setup.namespace());
    objects.add(Stamps.stamped(object, setup.owner()));
  }

  private void everywhere(String file) {
    everywhere(Trees.template(file));
  }

  private void everywhere(GenericKubernetesResource object) {
    objects.add(Stamps.stamped(object, setup.owner().isConfig() ? setup.owner() : null));
  }

  private ConfigMap configMap() {
    Map<String, String> data = new HashMap<>();
    data.put(Setups.TOML, setup.toml());
    data.put(Setups.AGENT_LEVEL, text(setup.agent().getLogLevel()));
    data.put(Setups.DAEMON_LEVEL, text(setup.daemon().getLogLevel()));
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(ApiNames.CONFIG_NAME)
        .endMetadata()
        .withData(data)
        .build();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Only labels and annotations; it is never made or owned. */
  private Namespace namespace() {
    Namespace namespace =
        new NamespaceBuilder().withNewMetadata().withName(setup.namespace()).endMetadata().build();
    ObjectMeta metadata = namespace.getMetadata();
    for (String mode : List.of("enforce", "audit", "warn")) {
      metadata.getLabels().put(POD_SECURITY + mode, "privileged");
    }
    if (platform.openShift()) {
      metadata.getAnnotations().put("openshift.io/node-selector", "");
      metadata.getAnnotations().put("openshift.io/description", "eBPF programs on nodes");
      metadata.getAnnotations().put("workload.openshift.io/allowed", "management");
      if (platform.monitoring()) {
        metadata.getLabels().put("openshift.io/cluster-monitoring", "true");
      }
    }
    return namespace;
  }
}
