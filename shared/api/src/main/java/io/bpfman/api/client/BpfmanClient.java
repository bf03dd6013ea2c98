package io.bpfman.api.client;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.BpfApplicationState;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.api.v1alpha1.Config;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Typed operations on all kinds. Calls block until the API server has answered, and throw {@link
 * KubernetesClientException} with its words. Thread-safe.
 */
public final class BpfmanClient {
  /** Index of state informers: {@link #ownerKey} of the application. */
  public static final String BY_APPLICATION = "application";

  /** Index of state informers: name of the node. */
  public static final String BY_NODE = "node";

  private final KubernetesClient kubernetes;

  /**
   * @param kubernetes stays the caller's, who closes it
   */
  public BpfmanClient(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  public NonNamespaceOperation<
          ClusterBpfApplication,
          KubernetesResourceList<ClusterBpfApplication>,
          Resource<ClusterBpfApplication>>
      clusterApplications() {
    return kubernetes.resources(ClusterBpfApplication.class);
  }

  public MixedOperation<
          BpfApplication, KubernetesResourceList<BpfApplication>, Resource<BpfApplication>>
      applications() {
    return kubernetes.resources(BpfApplication.class);
  }

  public NonNamespaceOperation<
          ClusterBpfApplicationState,
          KubernetesResourceList<ClusterBpfApplicationState>,
          Resource<ClusterBpfApplicationState>>
      clusterApplicationStates() {
    return kubernetes.resources(ClusterBpfApplicationState.class);
  }

  public MixedOperation<
          BpfApplicationState,
          KubernetesResourceList<BpfApplicationState>,
          Resource<BpfApplicationState>>
      applicationStates() {
    return kubernetes.resources(BpfApplicationState.class);
  }

  public NonNamespaceOperation<Config, KubernetesResourceList<Config>, Resource<Config>> configs() {
    return kubernetes.resources(Config.class);
  }

  /** One for each node that the operator has chosen so far. */
  public List<ClusterBpfApplicationState> statesOf(ClusterBpfApplication application) {
    return clusterApplicationStates()
        .withLabel(ApiNames.OWNER_LABEL, application.getMetadata().getName())
        .list()
        .getItems();
  }

  /** One for each node that the operator has chosen so far. */
  public List<BpfApplicationState> statesOf(BpfApplication application) {
    return applicationStates()
        .inNamespace(application.getMetadata().getNamespace())
        .withLabel(ApiNames.OWNER_LABEL, application.getMetadata().getName())
        .list()
        .getItems();
  }

  /**
   * Keeps all objects of one kind, of every namespace, in memory and up to date. Not started; the
   * caller adds handlers, starts and stops it. Its handlers run on a thread of the client. A {@code
   * Lister} over its indexer reads it without asking the server. Those of the state kinds have the
   * indexes {@link #BY_APPLICATION} and {@link #BY_NODE}.
   */
  public <T extends CustomResource<?, ?>> SharedIndexInformer<T> informer(Class<T> kind) {
    SharedIndexInformer<T> informer =
        kubernetes.resources(kind).inAnyNamespace().runnableInformer(0);
    if (kind == ClusterBpfApplicationState.class || kind == BpfApplicationState.class) {
      informer.addIndexers(
          Map.of(
              BY_APPLICATION,
              state -> label(state, ApiNames.OWNER_LABEL).map(name -> key(state, name)).toList(),
              BY_NODE,
              state -> label(state, ApiNames.HOSTNAME_LABEL).toList()));
    }
    return informer;
  }

  /** What {@link #BY_APPLICATION} files the states of an application under. */
  public static String ownerKey(CustomResource<?, ?> application) {
    return key(application, application.getMetadata().getName());
  }

  private static String key(CustomResource<?, ?> object, String application) {
    String namespace = object.getMetadata().getNamespace();
    return namespace == null ? application : namespace + "/" + application;
  }

  private static Stream<String> label(CustomResource<?, ?> state, String name) {
    return Optional.ofNullable(state.getMetadata().getLabels())
        .map(labels -> labels.get(name))
        .stream();
  }
}
