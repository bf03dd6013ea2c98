package io.bpfman.operator.adapter.k8s.tools;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Failed calls of the API server as sentences. */
public final class ApiWords {
  private ApiWords() {}

  /** Of a call that the operator may not make (403), with the way out. */
  public static String forbidden(KubernetesClientException error) {
    return of(error) + " (k8s/base has what the operator must be allowed)";
  }

  /** What the server said, or else what went wrong on the way. */
  public static String of(KubernetesClientException error) {
    if (error.getStatus() != null && error.getStatus().getMessage() != null) {
      return error.getStatus().getMessage();
    }
    Throwable cause = error;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
