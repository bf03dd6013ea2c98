package io.bpfman.nudge.core.olm;

import java.util.Arrays;
import java.util.List;

/** An image that the bundle refers to, and the names under which it does so. */
public enum Operand {
  /** The operator itself; it has no variable and no key, but a container. */
  OPERATOR("bpfman-operator", "--image-pullspec", List.of(), "", List.of()),
  /** The agent of each node. */
  AGENT(
      "bpfman-agent",
      "--agent-pullspec",
      List.of("BPFMAN_AGENT_IMG", "RELATED_IMAGE_BPFMAN_AGENT"),
      "bpfman.agent.image",
      List.of("spec", "agent", "image")),
  /** The loader daemon of each node. */
  BPFMAN(
      "bpfman",
      "--bpfman-pullspec",
      List.of("BPFMAN_IMG", "RELATED_IMAGE_BPFMAN"),
      "bpfman.image",
      List.of("spec", "daemon", "image")),
  /** The CSI registrar; not built here and therefore without a nudge file. */
  CSI(
      "csi-node-driver-registrar",
      "--csi-pullspec",
      List.of("CSI_NODE_DRIVER_REGISTRAR_IMG", "RELATED_IMAGE_CSI_NODE_DRIVER_REGISTRAR"),
      "",
      List.of("spec", "daemon", "csiRegistrarImage"));

  private final String component;
  private final String flag;
  private final List<String> variables;
  private final String key;
  private final List<String> field;

  Operand(String component, String flag, List<String> variables, String key, List<String> field) {
    this.component = component;
    this.flag = flag;
    this.variables = variables;
    this.key = key;
    this.field = field;
  }

  /** The bundle, whose image the catalog names. */
  public static final String BUNDLE = "bpfman-operator-bundle";

  /** True for a component whose reference an update puts somewhere. */
  public static boolean isUpdated(String component) {
    return component.equals(BUNDLE)
        || Arrays.stream(values()).anyMatch(o -> o.component().equals(component));
  }

  /** True for a variable whose value is an image, by our names or by OLM's prefix. */
  public static boolean isImage(String variable) {
    return variable.startsWith("RELATED_IMAGE_")
        || Arrays.stream(values()).anyMatch(o -> o.variables().contains(variable));
  }

  /** Name of the component, of its nudge file without ending, and in relatedImages. */
  public String component() {
    return component;
  }

  /** The flag that gives its reference. */
  public String flag() {
    return flag;
  }

  /** Environment variables of the operator's containers. */
  public List<String> variables() {
    return variables;
  }

  /** Key of the ConfigMap; empty when there is none. */
  public String key() {
    return key;
  }

  /** Field of the Config object; empty when there is none. */
  public List<String> field() {
    return field;
  }
}
