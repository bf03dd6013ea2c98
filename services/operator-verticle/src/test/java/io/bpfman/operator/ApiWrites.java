package io.bpfman.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.regex.Pattern;

/** Counts writes by the API server's own metrics; the applies of users are left out. */
final class ApiWrites {
  private static final Pattern REQUESTS =
      Pattern.compile("(?m)^apiserver_request_total\\{([^}]*)\\} ([0-9.e+]+)$");

  private ApiWrites() {}

  /** Creates, updates and merge patches of our kinds since the server started. */
  static long count(KubernetesClient client) {
    String metrics = client.raw("/metrics");
    return REQUESTS
        .matcher(metrics)
        .results()
        .filter(match -> match.group(1).matches(".*verb=\"(POST|PUT|PATCH)\".*"))
        .filter(
            match ->
                match
                    .group(1)
                    .matches(".*resource=\"(.*bpfapplications|.*bpfapplicationstates)\".*"))
        .mapToLong(match -> (long) Double.parseDouble(match.group(2)))
        .sum();
  }
}
