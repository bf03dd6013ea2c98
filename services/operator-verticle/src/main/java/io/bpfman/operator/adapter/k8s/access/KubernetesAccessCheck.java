package io.bpfman.operator.adapter.k8s.access;

import io.bpfman.runtime.health.AccessCheck;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/**
 * Asks the API server whose a token is and whether that user may get the path. Needs the rights of
 * the ClusterRole system:auth-delegator. Remembers nothing.
 */
public final class KubernetesAccessCheck implements AccessCheck {
  private final KubernetesClient client;

  /**
   * @param client stays the caller's
   */
  public KubernetesAccessCheck(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Access check(String token, String path) {
    return user(token)
        .map(user -> mayGet(user, path) ? Access.ALLOWED : Access.FORBIDDEN)
        .orElse(Access.UNAUTHENTICATED);
  }

  private Optional<UserInfo> user(String token) {
    TokenReview asked = new TokenReviewBuilder().withNewSpec().withToken(token).endSpec().build();
    TokenReviewStatus status = client.tokenReviews().create(asked).getStatus();
    return status != null && Boolean.TRUE.equals(status.getAuthenticated())
        ? Optional.of(status.getUser())
        : Optional.empty();
  }

  private boolean mayGet(UserInfo user, String path) {
    SubjectAccessReview asked =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user.getUsername())
            .withUid(user.getUid())
            .withGroups(user.getGroups())
            .withExtra(user.getExtra())
            .withNewNonResourceAttributes()
            .withPath(path)
            .withVerb("get")
            .endNonResourceAttributes()
            .endSpec()
            .build();
    SubjectAccessReview answer = client.authorization().v1().subjectAccessReview().create(asked);
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
