package io.bpfman.api.v1alpha1;

import io.bpfman.model.ApplicationKey;
import java.util.List;

/** Group, version, labels and finalizers. */
public final class ApiNames {
  public static final String GROUP = "bpfman.io";

  public static final String VERSION = "v1alpha1";

  public static final String API_VERSION = GROUP + "/" + VERSION;

  public static final String APPLICATION_KIND = ApplicationKey.CLUSTER_KIND;

  public static final String STATE_KIND = "ClusterBpfApplicationState";

  public static final String NAMESPACED_APPLICATION_KIND = ApplicationKey.NAMESPACED_KIND;

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

  /** On state objects of bpfman's own agents, for cluster-wide and for namespaced applications. */
  public static final List<String> AGENT_FINALIZERS =
      List.of(
          "bpfman.io.clbpfapplicationcontroller/finalizer",
          "bpfman.io.nsbpfapplicationcontroller/finalizer");

  private ApiNames() {}
}
