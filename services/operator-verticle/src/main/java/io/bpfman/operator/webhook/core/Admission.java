package io.bpfman.operator.webhook.core;

import io.bpfman.api.manifest.FieldProblem;
import io.bpfman.api.manifest.ObjectValidator;
import io.bpfman.api.v1alpha1.ApiNames;
import io.fabric8.kubernetes.api.model.GroupVersionKind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What may become of an object. Pure, so that a dry run needs no thought. */
public final class Admission {
  private static final String CREATE = "CREATE";
  private static final String UPDATE = "UPDATE";
  private static final String NAME = "metadata.name";

  private Admission() {}

  /**
   * Why the object must not be; empty when it may. Whatever leaves the spec as it is may be, also
   * when the spec would be refused today: otherwise finalizers, labels and deletions would hang.
   */
  public static List<FieldProblem> problems(Review review) {
    boolean created = review.request().getOperation().equals(CREATE);
    boolean updated = review.request().getOperation().equals(UPDATE);
    if (!isOurs(review.request().getKind()) || isSubresource(review) || !(created || updated)) {
      return List.of();
    }
    if (updated && (isLeaving(review.object()) || sameSpec(review))) {
      return List.of();
    }
    List<FieldProblem> problems =
        ObjectValidator.validate(review.request().getKind().getKind(), review.object());
    return created ? problems : withoutName(problems);
  }

  /** The kind, or "other", so that nobody can make counters without end. */
  public static String knownKind(Review review) {
    GroupVersionKind kind = review.request().getKind();
    return isOurs(kind) ? kind.getKind() : "other";
  }

  /**
   * Other kinds can only come here by a mistake in the configuration, and must not suffer by it.
   */
  private static boolean isOurs(GroupVersionKind kind) {
    return ApiNames.GROUP.equals(kind.getGroup())
        && ApiNames.VERSION.equals(kind.getVersion())
        && ObjectValidator.kinds().contains(kind.getKind());
  }

  private static boolean isSubresource(Review review) {
    String subresource = review.request().getSubResource();
    return subresource != null && !subresource.isEmpty();
  }

  private static boolean isLeaving(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  private static boolean sameSpec(Review review) {
    return review.object().path("spec").equals(review.oldObject().path("spec"));
  }

  /** A name cannot be changed, so nobody could ever correct the rest. */
  private static List<FieldProblem> withoutName(List<FieldProblem> problems) {
    return problems.stream().filter(problem -> !problem.path().equals(NAME)).toList();
  }
}
