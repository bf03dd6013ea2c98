package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.operator.adapter.k8s.tools.ApiWords;
import io.bpfman.operator.core.install.ObjectRef;
import io.bpfman.operator.core.install.Outcome;
import io.bpfman.operator.core.install.Outcome.Failed;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Locale;
import java.util.Set;

/** Refusals of the API server as reasons and sentences. */
final class ApiErrors {
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  private static final String NO_RIGHT = "Forbidden";
  private static final String NO_KIND = "NotFound";
  private static final int FORBIDDEN = 403;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;
  private static final Set<String> IMMUTABLE_WORDS =
      Set.of("immutable", "cannot change roleref", "may not be changed");

  private ApiErrors() {}

  /** Whether the object must be made anew to become as wanted. */
  static boolean isImmutable(KubernetesClientException error) {
    String words = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return error.getCode() == UNPROCESSABLE && IMMUTABLE_WORDS.stream().anyMatch(words::contains);
  }

  /** Whether it is of no use to watch the object before the next try. */
  static boolean isOutOfReach(Outcome outcome) {
    return outcome instanceof Failed failed
        && (failed.reason().equals(NO_RIGHT) || failed.reason().equals(NO_KIND));
  }

  static Failed failed(ObjectRef object, KubernetesClientException error) {
    String words = ApiWords.of(error);
    if (error.getCode() <= 0) {
      return new Failed(object, "Unreachable", words + " (tried again)");
    }
    return switch (error.getCode()) {
      case FORBIDDEN -> new Failed(object, NO_RIGHT, ApiWords.forbidden(error));
      case NOT_FOUND ->
          new Failed(object, NO_KIND, words + " (is its kind or its namespace missing?)");
      case CONFLICT -> new Failed(object, "Conflict", words + " (tried again)");
      case UNPROCESSABLE -> new Failed(object, "Refused", words);
      case TOO_MANY ->
          new Failed(object, "TooManyRequests", "the API server is overloaded (tried again)");
      default -> new Failed(object, "ApiError", words + " (tried again)");
    };
  }
}
