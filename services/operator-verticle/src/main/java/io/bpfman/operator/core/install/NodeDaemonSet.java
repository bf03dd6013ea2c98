package io.bpfman.operator.core.install;

import io.bpfman.api.v1alpha1.ConfigAgent;
import io.bpfman.api.v1alpha1.ConfigDaemon;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The DaemonSet of the template with what a setup says. */
final class NodeDaemonSet {
  private static final String DAEMON = "bpfman";
  private static final String AGENT = "bpfman-agent";
  private static final String REGISTRAR = "node-driver-registrar";
  private static final Set<String> REGISTRAR_VOLUMES = Set.of("csi-socket", "kubelet-registration");
  private static final String EDGE = "bpfman-operator-edge.%s.svc:5702";
  private static final String ENROLMENT = "bpfman-enrolment.%s.svc:9444";

  private final NodeSetup setup;
  private final InstallSettings settings;
  private final AgentAddresses addresses;

  private NodeDaemonSet(NodeSetup setup, InstallSettings settings, AgentAddresses addresses) {
    this.setup = setup;
    this.settings = settings;
    this.addresses = addresses;
  }

  /**
   * @param addresses of the agent
   */
  static DaemonSet of(NodeSetup setup, InstallSettings settings, AgentAddresses addresses) {
    DaemonSet daemonSet = Trees.template("daemon-set.yaml", DaemonSet.class);
    NodeDaemonSet writer = new NodeDaemonSet(setup, settings, addresses);
    PodTemplateSpec template = daemonSet.getSpec().getTemplate();
    writer.restartWith(template);
    writer.place(template.getSpec());
    if (writer.registrarImage().isEmpty()) {
      withoutRegistrar(template.getSpec());
    }
    Stream.concat(
            template.getSpec().getInitContainers().stream(),
            template.getSpec().getContainers().stream())
        .forEach(writer::container);
    return daemonSet;
  }

  /**
   * The daemon serves no CSI yet: a registrar would wait for its socket and die, so that no pod
   * would ever be ready.
   */
  private static void withoutRegistrar(PodSpec pod) {
    pod.getContainers().removeIf(one -> one.getName().equals(REGISTRAR));
    pod.getVolumes().removeIf(volume -> REGISTRAR_VOLUMES.contains(volume.getName()));
  }

  /** Changes of what a pod reads at its start only replace the pod. */
  private void restartWith(PodTemplateSpec template) {
    Map<String, String> annotations = template.getMetadata().getAnnotations();
    annotations.put("bpfman.io.bpfman.log.level", text(setup.daemon().getLogLevel()));
    annotations.put("bpfman.io.bpfman.agent.log.level", text(setup.agent().getLogLevel()));
    annotations.put("bpfman.io.bpfman.toml", setup.toml());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private void place(PodSpec pod) {
    ConfigDaemon daemon = setup.daemon();
    if (daemon.getNodeSelector() != null) {
      pod.setNodeSelector(daemon.getNodeSelector());
    }
    if (daemon.getTolerations() != null) {
      pod.setTolerations(daemon.getTolerations());
    }
    pod.setAffinity(daemon.getAffinity());
    pod.setPriorityClassName(daemon.getPriorityClassName());
  }

  private void container(Container container) {
    container.setImagePullPolicy(settings.images().pullPolicy());
    switch (container.getName()) {
      case DAEMON -> daemon(container);
      case REGISTRAR -> container.setImage(registrarImage());
      case AGENT -> agent(container);
      default -> agentImage(container);
    }
  }

  private void daemon(Container container) {
    ConfigDaemon daemon = setup.daemon();
    container.setImage(daemon.getImage());
    set(container, "BPFMAN_LOG", LogLevels.of(daemon.getLogLevel()));
    if (daemon.getResources() != null) {
      container.setResources(daemon.getResources());
    }
  }

  /** Empty when nobody asked for it. */
  private String registrarImage() {
    return text(setup.daemon().getCsiRegistrarImage()).strip();
  }

  private void agent(Container container) {
    agentImage(container);
    ConfigAgent agent = setup.agent();
    if (agent.getResources() != null) {
      container.setResources(agent.getResources());
    }
    set(container, "BPFMAN_HEALTH_PROBE_BIND_ADDRESS", addresses.health());
    set(container, "BPFMAN_METRICS_BIND_ADDRESS", addresses.metrics());
    container.getPorts().forEach(port -> port.setContainerPort(addresses.healthPort()));
    probe(container.getLivenessProbe().getHttpGet());
    probe(container.getReadinessProbe().getHttpGet());
  }

  private void probe(HTTPGetAction get) {
    get.setPort(new IntOrString(addresses.healthPort()));
    if (!addresses.healthHost().isEmpty()) {
      get.setHost(addresses.healthHost());
    }
  }

  /** Everything of that image: the agent, and what prepares the node. */
  private void agentImage(Container container) {
    container.setImage(setup.agent().getImage());
    set(container, "BPFMAN_LOG", LogLevels.of(setup.agent().getLogLevel()));
    set(container, "BPFMAN_EDGE_OPERATORS", EDGE.formatted(settings.namespace()));
    set(container, "BPFMAN_ENROLMENT_SERVER", ENROLMENT.formatted(settings.namespace()));
  }

  /** Of a variable that the template has. */
  private static void set(Container container, String name, String value) {
    List<EnvVar> variables = container.getEnv();
    variables.replaceAll(
        variable ->
            variable.getName().equals(name)
                ? new EnvVarBuilder().withName(name).withValue(value).build()
                : variable);
  }
}
