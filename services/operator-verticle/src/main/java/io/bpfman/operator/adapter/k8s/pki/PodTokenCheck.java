package io.bpfman.operator.adapter.k8s.pki;

import io.bpfman.operator.pki.core.Admittance;
import io.bpfman.operator.pki.port.TokenCheck;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The projected token of a node's pod: the API server says whose it is and on which node the pod
 * runs that it is bound to. Remembers nothing.
 */
public final class PodTokenCheck implements TokenCheck {
  /** Audience that the token must be for, so that no other token is ever sent here. */
  public static final String AUDIENCE = "bpfman-enrolment";

  /** Service account of the nodes' pods. */
  public static final String ACCOUNT = "bpfman-daemon";

  private static final String EXTRA = "authentication.kubernetes.io/";

  /** Since Kubernetes 1.30. */
  private static final String NODE = EXTRA + "node-name";

  private static final String POD = EXTRA + "pod-name";
  private static final String POD_UID = EXTRA + "pod-uid";

  private final KubernetesClient client;
  private final String namespace;
  private final Role role;

  /**
   * @param client stays the caller's
   * @param namespace of the service account and its pods
   * @param role that the nodes of this cluster get
   */
  public PodTokenCheck(KubernetesClient client, String namespace, Role role) {
    this.client = client;
    this.namespace = namespace;
    this.role = role;
  }

  @Override
  public Admittance check(String token, String node, String keyDigest) {
    Optional<UserInfo> user = user(token);
    if (user.isEmpty()) {
      return new Admittance.Unknown();
    }
    String account = "system:serviceaccount:%s:%s".formatted(namespace, ACCOUNT);
    if (!account.equals(user.get().getUsername())) {
      return new Admittance.Forbidden(
          "the token is of %s; only %s enrols nodes".formatted(user.get().getUsername(), account));
    }
    Optional<String> bound = node(user.get());
    if (bound.isEmpty()) {
      return new Admittance.Forbidden(
          "the token is bound to no pod on a node; use one that the kubelet has projected");
    }
    return bound.get().equals(node)
        ? new Admittance.Granted(new PeerIdentity(role, node))
        : new Admittance.Forbidden("the token is for another node than the request");
  }

  /** An API server that does not look at audiences does not name one either. */
  private Optional<UserInfo> user(String token) {
    TokenReview asked =
        new TokenReviewBuilder()
            .withNewSpec()
            .withToken(token)
            .withAudiences(AUDIENCE)
            .endSpec()
            .build();
    TokenReviewStatus status = client.tokenReviews().create(asked).getStatus();
    return status != null
            && Boolean.TRUE.equals(status.getAuthenticated())
            && status.getAudiences() != null
            && status.getAudiences().contains(AUDIENCE)
        ? Optional.ofNullable(status.getUser())
        : Optional.empty();
  }

  private Optional<String> node(UserInfo user) {
    Optional<String> named = extra(user, NODE);
    return named.isPresent() ? named : nodeOfPod(user);
  }

  /** For older API servers: the pod itself, as long as it is the same one. */
  private Optional<String> nodeOfPod(UserInfo user) {
    Optional<String> name = extra(user, POD);
    Optional<String> uid = extra(user, POD_UID);
    if (name.isEmpty() || uid.isEmpty()) {
      return Optional.empty();
    }
    @Nullable Pod pod = client.pods().inNamespace(namespace).withName(name.get()).get();
    return Optional.ofNullable(pod)
        .filter(found -> uid.get().equals(found.getMetadata().getUid()))
        .map(found -> found.getSpec().getNodeName());
  }

  private static Optional<String> extra(UserInfo user, String name) {
    List<String> values =
        user.getExtra() == null ? List.of() : user.getExtra().getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
