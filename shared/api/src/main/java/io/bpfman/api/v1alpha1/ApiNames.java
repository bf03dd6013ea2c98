package io.bpfman.api.v1alpha1;

/** Group, version, labels and finalizers. */
public final class ApiNames {
  public static final String GROUP = "bpfman.io";

  public static final String VERSION = "v1alpha1";

  public static final String API_VERSION = GROUP + "/" + VERSION;

  public static final String APPLICATION_KIND = "ClusterBpfApplication";

  public static final String STATE_KIND = "ClusterBpfApplicationState";

  public static final String NAMESPACED_APPLICATION_KIND = "BpfApplication";

  public static final String NAMESPACED_STATE_KIND = "BpfApplicationState";

  public static final String CONFIG_KIND = "Config";

  /** Name of the only Config that the operator looks at. */
  public static final String CONFIG_NAME = "bpfman-config";

  /** Label of a state object: name of its application. */
  public static final String OWNER_LABEL = "bpfman.io/ownedByProgram";

  /** Label of a state object: its node. */
  public static final String HOSTNAME_LABEL = "kubernetes.io/hostname";

  /** On applications, held by the operator. */
  public static final String OPERATOR_FINALIZER = "bpfman.io.operator/finalizer";

  /** On ClusterBpfApplicationState objects. */
  public static final String CLUSTER_AGENT_FINALIZER =
      "bpfman.io.clbpfapplicationcontroller/finalizer";

  /** On BpfApplicationState objects. */
  public static final String NAMESPACE_AGENT_FINALIZER =
      "bpfman.io.nsbpfapplicationcontroller/finalizer";

  private ApiNames() {}
}
